using System.ComponentModel.DataAnnotations;
using Tidewatch.Contracts;

namespace Tidewatch.Notifier.Channels;

/// <summary>What every channel's section <c>Notifier:&lt;Channel&gt;</c> has.</summary>
public abstract record ChannelOptions
{
    /// <summary>Whether the channel runs.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Alerts below it are passed over: Mild (default), Moderate or Extreme, or by their aliases Warning, Critical and Emergency.</summary>
    public Severity MinimumSeverity { get; init; } = Severity.Mild;

    /// <summary>Whether records that end an alert (resolved, corrected, retracted) go out too; default false.</summary>
    public bool Endings { get; init; }

    /// <summary>
    /// At most one group per domain in this time, 0 to 1 day; 0 (default) sends each batch at once. What comes in between goes out together when the
    /// time is over, or at once when its severity is higher than what was sent. A crash loses what waits here for its turn, in this channel only.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Interval { get; init; }
}
