using System.IO.Hashing;
using System.Text;
using Tidewatch.Contracts;

namespace Tidewatch.Notifier.Channels;

/// <summary>A way out for alerts. It neither retries, logs nor deduplicates: the stages before it do, by what it answers.</summary>
public interface IChannel
{
    /// <summary>Sends a group as one; an outage is an answer, not an exception.</summary>
    Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken);
}

/// <summary>A channel whose own output says what was sent: after a crash it is the truth, nothing else needs to be kept.</summary>
public interface IDeliveredIds
{
    /// <summary>The ids of all alerts in the output, repairing what a crash left half-written.</summary>
    IEnumerable<string> ReadDeliveredIds();
}

/// <summary>Alerts that go out together.</summary>
/// <param name="Alerts">At least one, in the order of the topic.</param>
/// <param name="More">How many further alerts belong to the group but are only counted.</param>
public sealed record AlertGroup(IReadOnlyList<Alert> Alerts, int More = 0)
{
    /// <summary>What tells a repeat of exactly these alerts: 32 hexadecimal digits of all their ids.</summary>
    /// <remarks>Not of the first alone: after a crash the same first alert may lead a longer group, and a receiver that drops repeats would lose the rest.</remarks>
    public string Key => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', Alerts.Select(a => a.Id)))));
}
