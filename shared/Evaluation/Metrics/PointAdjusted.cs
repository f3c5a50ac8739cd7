namespace Tidewatch.Evaluation.Metrics;

/// <summary>Point adjustment: a segment with one flag counts as flagged whole.</summary>
/// <remarks>Kept to compare with papers that use it. It lets random flags look like a good detector (Kim et al. 2022): <see cref="Warning"/> must stand wherever its figures do.</remarks>
public static class PointAdjusted
{
    public const string Warning = "point-adjusted: one lucky row counts as the whole segment; random scores reach high values, do not rank detectors by it";

    public static Confusion Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> flags)
    {
        Equal.Lengths(labels.Length, flags.Length);
        var adjusted = flags.ToArray();
        foreach (var segment in Segment.Of(labels))
        {
            var inside = adjusted.AsSpan(segment.First, segment.Length);
            if (inside.Contains(true))
            {
                inside.Fill(true);
            }
        }

        return Confusion.Of(labels, adjusted);
    }
}
