namespace Tidewatch.Detection.Segments;

/// <summary>Finds segments, not only points, in a series of scores: all maximal scoring subsequences of score - threshold (Ruzzo, Tompa 1999), in O(n).</summary>
/// <remarks>A short dip does not part a segment when what follows outweighs it; many scores just above the threshold weigh as much as one far above.</remarks>
public static class SegmentFinder
{
    /// <summary>Disjoint segments in order of time.</summary>
    /// <param name="scores">A score a row.</param>
    /// <param name="threshold">Score that neither speaks for nor against an anomaly.</param>
    /// <param name="least">Least weight of a segment; default 0: every one.</param>
    public static IReadOnlyList<AnomalySegment> Find(ReadOnlySpan<double> scores, double threshold, double least = 0)
    {
        var found = new List<(int Start, int End, double Before, double After)>();
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var excess = scores[i] - threshold;
            if (excess > 0)
            {
                Join(found, (i, i + 1, sum, sum + excess));
            }

            sum += excess;
        }

        var segments = new List<AnomalySegment>();
        foreach (var (start, end, before, after) in found)
        {
            if (after - before > least)
            {
                segments.Add(new AnomalySegment(start, end, after - before, start + PeakOf(scores[start..end])));
            }
        }

        return segments;
    }

    /// <summary>Step 1 to 4 of the paper: joins the new segment to the latest one that began lower, as long as it ends higher than that one did.</summary>
    private static void Join(List<(int Start, int End, double Before, double After)> found, (int Start, int End, double Before, double After) segment)
    {
        while (true)
        {
            var lower = found.FindLastIndex(f => f.Before < segment.Before);
            if (lower < 0 || found[lower].After >= segment.After)
            {
                found.Add(segment);
                return;
            }

            segment = (found[lower].Start, segment.End, found[lower].Before, segment.After);
            found.RemoveRange(lower, found.Count - lower);
        }
    }

    private static int PeakOf(ReadOnlySpan<double> scores)
    {
        var peak = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            peak = scores[i] > scores[peak] ? i : peak;
        }

        return peak;
    }
}
