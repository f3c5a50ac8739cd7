using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>One partition's snapshots by this process: what each tier holds, when it is due, and the write under way.</summary>
internal sealed class SnapshotLedger(PartitionTask task)
{
    private readonly Dictionary<string, (SnapshotChain Chain, long Taken)> _tiers = new(StringComparer.Ordinal);
    private int _segments;

    /// <summary>The write under way, or the last one.</summary>
    public Task Writing { get; set; } = Task.CompletedTask;

    /// <summary>A name that no segment had before.</summary>
    public string NextSegment() => $"{task.Epoch}-{++_segments}";

    /// <summary>When the tier was last written, or tried; null for never.</summary>
    public long? Taken(ISnapshotStore tier) => _tiers.TryGetValue(tier.Name, out var there) ? there.Taken : null;

    /// <summary>What the tier holds: in the beginning, what the partition was restored from, unless its configuration changed since.</summary>
    public SnapshotChain ChainOf(ISnapshotStore tier) =>
        _tiers.TryGetValue(tier.Name, out var there) ? there.Chain
        : task.Base is var (name, manifest) && string.Equals(name, tier.Name, StringComparison.Ordinal) ? SnapshotChain.Of(manifest)
        : SnapshotChain.Empty;

    public void Tried(ISnapshotStore tier, long now) => _tiers[tier.Name] = (ChainOf(tier), now);

    /// <summary>The tier now holds <paramref name="chain"/>.</summary>
    public void Holds(ISnapshotStore tier, SnapshotChain chain) => _tiers[tier.Name] = (chain, _tiers[tier.Name].Taken);

    /// <summary>The tier lost what the next segment would have built on; it is due at once.</summary>
    public void Lost(ISnapshotStore tier) => _tiers[tier.Name] = (SnapshotChain.Empty, long.MinValue);
}
