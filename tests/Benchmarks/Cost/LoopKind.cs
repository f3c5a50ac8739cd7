namespace Tidewatch.Benchmarks.Cost;

/// <summary>What the loop does besides reading, judging and emitting.</summary>
internal enum LoopKind
{
    /// <summary>Offsets committed behind the alerts, at-least-once; state kept nowhere.</summary>
    Neither,

    /// <summary>Transactions, no snapshots.</summary>
    Transactions,

    /// <summary>Transactions and snapshots to Redis and to the durable topic: the product.</summary>
    Both,
}
