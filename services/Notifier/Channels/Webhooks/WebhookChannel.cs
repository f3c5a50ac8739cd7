using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Tidewatch.Notifier.Channels.Webhooks;

/// <summary>One POST per group. <c>Idempotency-Key</c> is the group's, so that a receiver can tell a repeat.</summary>
public sealed class WebhookChannel(IOptions<WebhookOptions> options) : IChannel, IDisposable
{
    // A redirect could carry the token elsewhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = options.Value.Timeout };

    public async Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken)
    {
        var url = new Uri(options.Value.Url!);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(WebhookBody.Write(group, options.Value.Format)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", group.Key);
        if (!string.IsNullOrEmpty(options.Value.Token))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {options.Value.Token}");
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return Judge(response.StatusCode, url.Host);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Delivery.Retryable($"{url.Host}: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A body that the receiver does not take is final; everything else is an outage or mended in the configuration.</summary>
    private static Delivery Judge(HttpStatusCode status, string host) => (int)status switch
    {
        >= 200 and < 300 => Delivery.Sent,
        400 or 413 or 422 => Delivery.Rejected($"{host} answered {(int)status}"),
        _ => Delivery.Retryable($"{host} answered {(int)status}"),
    };
}
