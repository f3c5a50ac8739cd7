namespace Tidewatch.Evaluation.Synthetic;

/// <summary>Where the anomalies of one entity lie: at most one in each block of samples, a pure function of the block's number.</summary>
/// <param name="Kinds">Equally likely.</param>
/// <param name="Block">Samples a block has; longer than the longest anomaly.</param>
/// <param name="Chance">Chance that a block holds an anomaly.</param>
/// <param name="QuietBlocks">Blocks without anomaly at the start, for detectors to learn.</param>
public sealed record AnomalySchedule(IReadOnlyList<AnomalyKind> Kinds, int Block, double Chance, int QuietBlocks = 1)
{
    /// <summary>The anomaly that covers <paramref name="sample"/>, or null.</summary>
    public Anomaly? At(long sample, IndexedNoise noise, SyntheticLevel level) =>
        InBlock(sample / Block, noise, level) is { } found && sample >= found.Start && sample < found.Start + found.Length ? found : null;

    /// <summary>The anomaly of a block, or null.</summary>
    public Anomaly? InBlock(long block, IndexedNoise noise, SyntheticLevel level)
    {
        if (block < QuietBlocks || noise.Uniform(block, lane: 1) >= Chance)
        {
            return null;
        }

        var kind = Kinds[(int)(noise.Uniform(block, lane: 2) * Kinds.Count)];
        var length = kind.Shortest + (int)(noise.Uniform(block, lane: 3) * (kind.Longest - kind.Shortest + 1));
        length = level == SyntheticLevel.Hard ? Math.Max(1, length * 2 / 3) : length;
        var start = (block * Block) + (long)(noise.Uniform(block, lane: 4) * (Block - length));
        return new Anomaly(kind, start, length, noise.Uniform(block, lane: 5));
    }
}
