namespace Tidewatch.Contracts.Processing;

/// <summary>Which series a segment is to hold. Series are numbered in the order of their first appearance.</summary>
/// <param name="From">The first to look at.</param>
/// <param name="Known">From this number on every series is written: the snapshots so far do not know it.</param>
/// <param name="ChangedSince">Of the others, those that a record at or after this offset changed.</param>
/// <param name="MaxBytes">Looking ends once so many bytes are written.</param>
public readonly record struct SegmentRequest(int From, int Known, long ChangedSince, long MaxBytes)
{
    /// <summary>The whole state.</summary>
    public static SegmentRequest Whole => default;
}
