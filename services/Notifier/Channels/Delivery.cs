namespace Tidewatch.Notifier.Channels;

/// <summary>What became of a group.</summary>
/// <param name="Outcome">Tells the retry stage what to do.</param>
/// <param name="Reason">For a person; null when sent. Never holds a secret.</param>
public sealed record Delivery(DeliveryOutcome Outcome, string? Reason)
{
    public static Delivery Sent { get; } = new(DeliveryOutcome.Sent, Reason: null);

    /// <summary>The other side is away or not set up: the same group again later.</summary>
    public static Delivery Retryable(string reason) => new(DeliveryOutcome.Retryable, reason);

    /// <summary>The other side will never take this group.</summary>
    public static Delivery Rejected(string reason) => new(DeliveryOutcome.Rejected, reason);
}

/// <summary>What became of a group.</summary>
public enum DeliveryOutcome
{
    Sent,
    Retryable,
    Rejected,
}
