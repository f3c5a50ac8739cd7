namespace Tidewatch.Generator.Replay;

/// <summary>One good row of a file.</summary>
public readonly record struct ReplayRow(long Line, DateTimeOffset Time, double Value, bool? Label);
