namespace Tidewatch.Contracts.State;

/// <summary>The two places of a partition's manifests, one whole while the other is being written, and a third one for a snapshot of which only some parts are there. Pure.</summary>
/// <param name="A">What is in the first; null for nothing that can be read.</param>
/// <param name="B">What is in the second.</param>
/// <param name="Partial">What is in the third: the parts so far, or those of a snapshot that was given up.</param>
public sealed record SnapshotSlots(SnapshotManifest? A, SnapshotManifest? B, SnapshotManifest? Partial = null)
{
    private const string PartialName = "c";

    /// <summary>Names of the slots, as they stand in keys.</summary>
    public static readonly IReadOnlyList<string> Names = ["a", "b", PartialName];

    /// <summary>The slots as they were found, by name.</summary>
    public static SnapshotSlots Of(Func<string, SnapshotManifest?> found) => new(found(Names[0]), found(Names[1]), found(PartialName));

    private SnapshotManifest? Overwritten => A is null || (B is not null && A.IsOlderThan(B)) ? A : B;

    private SnapshotManifest? Newest => Overwritten == A ? B : A;

    private string Free => Overwritten == A ? Names[0] : Names[1];

    /// <summary>The largest fencing token that wrote any of them; 0 for none.</summary>
    public long LastEpoch => new[] { A, B, Partial }.Max(m => m?.Epoch ?? 0);

    private string Taken => Overwritten == A ? Names[1] : Names[0];

    /// <summary>The slot that <paramref name="next"/> goes to: never the newest snapshot's.</summary>
    public string SlotFor(SnapshotManifest next) => next.IsPartial ? PartialName : Free;

    /// <summary>The slot whose manifest ends with the segment that <paramref name="next"/> builds on; null when there is none.</summary>
    public string? BaseOf(SnapshotManifest next) => EndsBefore(Partial, next) ? PartialName : EndsBefore(Newest, next) ? Taken : null;

    /// <summary>Whether <paramref name="next"/> may be written: nothing newer is there, and what it builds on is.</summary>
    public WriteOutcome Judge(SnapshotManifest next)
    {
        if ((Newest is { } newest && next.IsOlderThan(newest)) || (Partial is { } partial && next.IsOlderThan(partial)))
        {
            return WriteOutcome.Outdated;
        }

        return next.Segments.Count == 1 || BaseOf(next) is not null ? WriteOutcome.Written : WriteOutcome.BaseLost;
    }

    /// <summary>The slots once <paramref name="next"/> has taken its own.</summary>
    public SnapshotSlots With(SnapshotManifest next) =>
        next.IsPartial ? this with { Partial = next } : Overwritten == A ? new(next, B) : new(A, next);

    /// <summary>The slot that <paramref name="next"/> leaves empty; null for none.</summary>
    public string? Emptied(SnapshotManifest next) => Partial is not null && !next.IsPartial ? PartialName : null;

    /// <summary>Segments that no manifest needs once <paramref name="next"/> has taken its slot.</summary>
    public IEnumerable<SnapshotSegment> Dropped(SnapshotManifest next) =>
        SegmentsOf(this).ExceptBy(SegmentsOf(With(next)).Select(s => s.Id), s => s.Id, StringComparer.Ordinal);

    /// <summary>Manifests of <paramref name="partition"/>, the shortest replay first.</summary>
    public IReadOnlyList<SnapshotManifest> Of(PartitionIdentity partition) =>
        [.. new[] { A, B }.OfType<SnapshotManifest>().Where(m => m.Identity == partition).OrderByDescending(m => m.ReplayFrom).ThenByDescending(m => (m.Epoch, m.Offset))];

    private static IEnumerable<SnapshotSegment> SegmentsOf(SnapshotSlots slots) => new[] { slots.A, slots.B, slots.Partial }.OfType<SnapshotManifest>().SelectMany(m => m.Segments);

    private static bool EndsBefore(SnapshotManifest? there, SnapshotManifest next) =>
        there is not null && next.Segments.Count > 1 && string.Equals(there.Segments[^1].Id, next.Segments[^2].Id, StringComparison.Ordinal);
}
