namespace Tidewatch.Notifier.Stages;

/// <summary>A channel did not take its alerts in the tries of one round: the consumer keeps the offset and gives them again.</summary>
public sealed class ChannelAwayException(string channel, string reason) : Exception($"channel {channel} is away: {reason}");
