using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Notifier.Channels.Webhooks;

/// <summary>Section <c>Notifier:Webhook</c>: alerts by HTTP POST; off by default.</summary>
public sealed record WebhookOptions : ChannelOptions, IValidatableObject
{
    public WebhookOptions() => (Enabled, Interval) = (false, TimeSpan.FromSeconds(10));

    /// <summary>Address to post to, http or https; required when enabled. Chat services put a secret into it: never logged.</summary>
    public string? Url { get; init; }

    /// <summary>What is posted; default <see cref="WebhookFormat.Json"/>.</summary>
    public WebhookFormat Format { get; init; } = WebhookFormat.Json;

    /// <summary>Sent as <c>Authorization: Bearer</c>; empty (default) for none. Never logged.</summary>
    public string? Token { get; init; }

    /// <summary>Longest wait for the answer, 1 s to 2 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Enabled && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("needs an http or https address", [nameof(Url)]);
        }
    }

    /// <summary>Without address and token.</summary>
    public override string ToString() => $"webhook {Format}";
}

/// <summary>What a webhook gets.</summary>
public enum WebhookFormat
{
    /// <summary><c>{"alerts": [...], "more": 0}</c>, each alert as on the topic.</summary>
    Json,

    /// <summary><c>{"text": "..."}</c>, as Slack's incoming webhooks and their likes (Mattermost, Rocket.Chat) take it.</summary>
    Slack,
}
