using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>What one tier holds of a partition, and which series the next segment must have: a hand goes round over the series, as far as the budget of a snapshot lets it, and writes those that changed since its last visit. Pure.</summary>
/// <remarks>A series that the hand has passed at offset v is whole in the tier up to v. The oldest visit is where a replay must begin. Series that are new since the last snapshot are written at once, so that which series there are has one stamp: the snapshot's.</remarks>
public sealed record SnapshotChain
{
    private const int MaxChanges = 60;
    private const int ChangesPerBase = 2;

    /// <summary>Visits of the last whole round, and of the present one: up to which series, exclusive, at which offset.</summary>
    private readonly IReadOnlyList<(int End, long Stamp)> _lastRound = [];
    private readonly IReadOnlyList<(int End, long Stamp)> _round = [];
    private readonly int _hand;
    private readonly int _known;

    private SnapshotChain()
    {
    }

    private SnapshotChain(IReadOnlyList<SnapshotSegment> segments, IReadOnlyList<(int End, long Stamp)> lastRound, IReadOnlyList<(int End, long Stamp)> round, int hand, int known) =>
        (Segments, _lastRound, _round, _hand, _known) = (segments, lastRound, round, hand, known);

    /// <summary>Nothing: the next segment is a whole state.</summary>
    public static SnapshotChain Empty { get; } = new();

    /// <summary>What is in the tier, oldest first.</summary>
    public IReadOnlyList<SnapshotSegment> Segments { get; } = [];

    /// <summary>Where a replay from these segments begins.</summary>
    public long ReplayFrom => VisitOf(_hand);

    /// <summary>The rule of compaction: a whole state again after 60 segments of changes, or once they are twice as large as the whole state was. Manifests record it by their segments.</summary>
    public bool NeedsBase => Segments.Count == 0 || Segments.Count > MaxChanges || Segments.Skip(1).Sum(s => (long)s.Bytes) > (long)ChangesPerBase * Segments[0].Bytes;

    /// <summary>What the next segment builds on.</summary>
    public IReadOnlyList<SnapshotSegment> Before => NeedsBase ? [] : Segments;

    /// <summary>Goes on from a snapshot that was loaded: series have its order, and are as it has them.</summary>
    public static SnapshotChain Of(SnapshotManifest loaded) => new(loaded.Segments, [(loaded.SeriesCount, loaded.ReplayFrom)], [], 0, loaded.SeriesCount);

    /// <summary>What the next segment must hold, given about <paramref name="maxBytes"/> for the series that are known already.</summary>
    public SegmentRequest Request(long maxBytes) => NeedsBase ? SegmentRequest.Whole : new SegmentRequest(_hand, _known, VisitOf(_hand), maxBytes);

    /// <summary>The chain with a segment more.</summary>
    /// <param name="added">The segment that <see cref="Request"/> asked for.</param>
    /// <param name="hand">Up to which series it was looked.</param>
    /// <param name="count">Series there were.</param>
    public SnapshotChain With(SnapshotSegment added, int hand, int count)
    {
        IReadOnlyList<SnapshotSegment> segments = [.. Before, added];
        if (NeedsBase)
        {
            return new SnapshotChain(segments, [(count, added.Stamp)], [], 0, count);
        }

        return hand >= _known
            ? new SnapshotChain(segments, [.. _round, (count, added.Stamp)], [], 0, count)
            : new SnapshotChain(segments, _lastRound, [.. _round, (hand, added.Stamp)], hand, count);
    }

    /// <summary>A lower bound of the offset at which the hand last passed the series: one that is newer than the last round was first written in the present one.</summary>
    private long VisitOf(int series)
    {
        foreach (var (end, stamp) in _lastRound)
        {
            if (end > series)
            {
                return stamp;
            }
        }

        return _round.Count > 0 ? _round[0].Stamp : _lastRound.Count > 0 ? _lastRound[^1].Stamp : 0;
    }
}
