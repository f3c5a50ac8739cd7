namespace Tidewatch.Contracts.State;

/// <summary>The two places of a partition's manifests: one is whole while the other is being written. Pure.</summary>
/// <param name="A">What is in the first; null for nothing that can be read.</param>
/// <param name="B">What is in the second.</param>
public sealed record SnapshotSlots(SnapshotManifest? A, SnapshotManifest? B)
{
    /// <summary>Names of the slots, as they stand in keys.</summary>
    public static readonly IReadOnlyList<string> Names = ["a", "b"];

    /// <summary>The slot that the next manifest goes to: not the newest one's.</summary>
    public string Free => Overwritten == A ? Names[0] : Names[1];

    /// <summary>What stays; null when there is nothing.</summary>
    public SnapshotManifest? Newest => Overwritten == A ? B : A;

    private SnapshotManifest? Overwritten => A is null || (B is not null && A.IsOlderThan(B)) ? A : B;

    /// <summary>Whether <paramref name="next"/> may be written: nothing newer is there, and what it builds on is.</summary>
    public WriteOutcome Judge(SnapshotManifest next)
    {
        if (Newest is { } newest && next.IsOlderThan(newest))
        {
            return WriteOutcome.Outdated;
        }

        return next.Segments.Count == 1 || string.Equals(Newest?.Segments[^1].Id, next.Segments[^2].Id, StringComparison.Ordinal) ? WriteOutcome.Written : WriteOutcome.BaseLost;
    }

    /// <summary>Segments that no manifest names once <paramref name="next"/> has taken its slot.</summary>
    public IEnumerable<SnapshotSegment> Dropped(SnapshotManifest next) =>
        (Overwritten?.Segments ?? []).ExceptBy(next.Segments.Concat(Newest?.Segments ?? []).Select(s => s.Id), s => s.Id, StringComparer.Ordinal);

    /// <summary>Manifests of <paramref name="partition"/>, the shortest replay first.</summary>
    public IReadOnlyList<SnapshotManifest> Of(PartitionIdentity partition) =>
        [.. new[] { A, B }.OfType<SnapshotManifest>().Where(m => m.Identity == partition).OrderByDescending(m => m.ReplayFrom).ThenByDescending(m => (m.Epoch, m.Offset))];
}
