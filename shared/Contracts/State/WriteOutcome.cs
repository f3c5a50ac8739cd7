namespace Tidewatch.Contracts.State;

/// <summary>What became of a snapshot that was to be written.</summary>
public enum WriteOutcome
{
    /// <summary>Readers find it.</summary>
    Written,

    /// <summary>The tier holds a newer (epoch, offset).</summary>
    Outdated,

    /// <summary>The tier no longer holds what the snapshot builds on: the next one must be a whole state.</summary>
    BaseLost,
}
