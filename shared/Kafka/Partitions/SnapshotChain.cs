using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The rule of incremental snapshots, for one partition and one tier. A hand goes round over the series, as far as the budget of a snapshot lets it, and writes those that changed since its last visit; beside it a part of the others is written too, so that older segments can be given up. Pure.</summary>
/// <remarks>A series that the hand has passed at offset v is whole in the tier up to v. The oldest visit is where a replay must begin. Series that are new since the last snapshot are written at once, so that which series there are has one stamp: the snapshot's. A tier that holds nothing is given the state in parts, which count once all are there.</remarks>
public sealed record SnapshotChain
{
    /// <summary>In so many snapshots every series is written once at least.</summary>
    private const int Renewal = 60;

    /// <summary>Segments of the last renewal, and of the present one.</summary>
    private const int MaxSegments = 2 * Renewal;

    /// <summary>A chain as long as this, left behind by owners who never lived for a renewal, is not gone on with.</summary>
    private const int TooMany = 10 * Renewal;

    private SnapshotChain()
    {
    }

    /// <summary>Nothing: the tier needs the whole state.</summary>
    public static SnapshotChain Empty { get; } = new();

    /// <summary>What is in the tier, oldest first.</summary>
    public IReadOnlyList<SnapshotSegment> Segments { get; private init; } = [];

    /// <summary>Whether every series is in the segments: if not, they are no snapshot yet.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>Where a replay from these segments begins.</summary>
    public long ReplayFrom => VisitOf(Hand);

    /// <summary>Visits of the last whole round: up to which series, exclusive, at which offset.</summary>
    private IReadOnlyList<(int End, long Stamp)> LastRound { get; init; } = [];

    /// <summary>Visits of the present round.</summary>
    private IReadOnlyList<(int End, long Stamp)> Round { get; init; } = [];

    private int Hand { get; init; }

    private int Known { get; init; }

    /// <summary>Segments that are given up once every series has been written since.</summary>
    private int Old { get; init; }

    /// <summary>Series written since.</summary>
    private SeriesSet? Written { get; init; }

    /// <summary>Goes on from a snapshot that was loaded: series have its order, and are as it has them.</summary>
    public static SnapshotChain Of(SnapshotManifest loaded) => loaded.Segments.Count > TooMany ? Empty : new()
    {
        Segments = loaded.Segments,
        IsComplete = true,
        LastRound = [(loaded.SeriesCount, loaded.ReplayFrom)],
        Known = loaded.SeriesCount,
        Old = loaded.Segments.Count,
    };

    /// <summary>What the next segment must hold.</summary>
    /// <param name="maxBytes">About so much of changed series that are known already, and of others.</param>
    /// <param name="count">Series there are.</param>
    public SegmentRequest Request(long maxBytes, int count) =>
        IsComplete ? new(Hand, Known, VisitOf(Hand), maxBytes, Copies, Written)
        : new(0, Segments.Count == 0 ? count : Known, long.MaxValue, maxBytes, int.MaxValue, Written);

    /// <summary>The chain with a segment more.</summary>
    /// <param name="added">The segment that <see cref="Request"/> asked for.</param>
    /// <param name="extent">What it came to hold.</param>
    /// <param name="count">Series there were.</param>
    public SnapshotChain With(SnapshotSegment added, in SegmentExtent extent, int count)
    {
        var longer = IsComplete ? Visited(extent.Hand, count, added.Stamp)
            : this with { LastRound = [(count, Segments.Count == 0 ? added.Stamp : LastRound[0].Stamp)], Known = count };
        return extent.Written.Count < count
            ? longer with { Segments = [.. Segments, added], Written = extent.Written }
            : longer with { Segments = [.. Segments.Skip(Old), added], IsComplete = true, Old = Segments.Count - Old + 1, Written = null };
    }

    private SnapshotChain Visited(int hand, int count, long stamp) => hand >= Known
        ? this with { LastRound = [.. Round, (count, stamp)], Round = [], Hand = 0, Known = count }
        : this with { Round = [.. Round, (hand, stamp)], Hand = hand, Known = count };

    /// <summary>So many that the renewal takes no more snapshots than it may, and fewer when the chain is long already.</summary>
    private int Copies
    {
        get
        {
            var left = Known - (Written?.Count ?? 0);
            return Math.Max(Parts(Known, Renewal), Parts(left, Math.Max(1, MaxSegments - Segments.Count)));
        }
    }

    private static int Parts(int series, int snapshots) => (series + snapshots - 1) / snapshots;

    /// <summary>A lower bound of the offset at which the hand last passed the series: one that is newer than the last round was first written in the present one.</summary>
    private long VisitOf(int series)
    {
        foreach (var (end, stamp) in LastRound)
        {
            if (end > series)
            {
                return stamp;
            }
        }

        return Round.Count > 0 ? Round[0].Stamp : LastRound.Count > 0 ? LastRound[^1].Stamp : 0;
    }
}
