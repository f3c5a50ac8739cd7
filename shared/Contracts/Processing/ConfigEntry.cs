namespace Tidewatch.Contracts.Processing;

/// <summary>A configuration and where it came into force.</summary>
/// <param name="From">The first input offset that was applied under it.</param>
/// <param name="Hash">Hash of the configuration.</param>
public readonly record struct ConfigEntry(long From, ulong Hash);
