namespace Tidewatch.Simulation.Model;

/// <summary>A producer whose epoch is no longer the newest of its transactional id, or whose group generation has passed.</summary>
public sealed class FencedException(string message) : Exception(message);

/// <summary>A request that cannot be answered now but may be later.</summary>
public sealed class UnstableOffsetException(string message) : Exception(message);
