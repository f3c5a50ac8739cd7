namespace Tidewatch.Contracts.Processing;

/// <summary>Which series a segment is to hold. Series are numbered in the order of their first appearance.</summary>
/// <param name="From">The first to look at for changes.</param>
/// <param name="Known">From this number on every series is written: the snapshots so far do not know it.</param>
/// <param name="ChangedSince">Of the others, those that a record at or after this offset changed.</param>
/// <param name="MaxBytes">Looking for changes ends once so many bytes are written; so does copying.</param>
/// <param name="Copies">How many more of the known series are written though they did not change, at most.</param>
/// <param name="Written">Series that need no copy; null for none.</param>
public readonly record struct SegmentRequest(int From, int Known, long ChangedSince, long MaxBytes, int Copies = 0, SeriesSet? Written = null)
{
    /// <summary>The whole state.</summary>
    public static SegmentRequest Whole => default;
}

/// <summary>What a segment came to hold.</summary>
/// <param name="Hand">Up to which series it was looked for changes, exclusive.</param>
/// <param name="Written">The series that needed no copy, and those of the segment.</param>
public readonly record struct SegmentExtent(int Hand, SeriesSet Written);
