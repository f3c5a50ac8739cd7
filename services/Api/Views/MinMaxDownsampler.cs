namespace Tidewatch.Api.Views;

/// <summary>Fewer points of the same shape: of each run of neighbours the lowest and the highest stay, so a spike of a single point is never lost.</summary>
/// <remarks>The pixel-exact reduction of Jugel et al., "M4" (VLDB 2014), without its first and last of each run, which a line of 1 to 2 points a pixel does not need.</remarks>
public static class MinMaxDownsampler
{
    /// <summary>Fewest points that can be asked for: the first, the last, and one run.</summary>
    public const int Fewest = 4;

    /// <summary>At most <paramref name="limit"/> of the points (at least <see cref="Fewest"/>), in order, with the first and the last.</summary>
    public static PointSample[] Reduce(PointSample[] points, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, Fewest);
        if (points.Length <= limit)
        {
            return points;
        }

        var runs = (limit - 2) / 2;
        var inner = points.Length - 2;
        var kept = new List<PointSample>(limit) { points[0] };
        for (var run = 0; run < runs; run++)
        {
            var from = 1 + (int)((long)run * inner / runs);
            var to = 1 + (int)((long)(run + 1) * inner / runs);
            AddExtremes(points.AsSpan(from, to - from), kept);
        }

        kept.Add(points[^1]);
        return [.. kept];
    }

    private static void AddExtremes(ReadOnlySpan<PointSample> run, List<PointSample> kept)
    {
        var (low, high) = (0, 0);
        for (var i = 1; i < run.Length; i++)
        {
            low = run[i].Value < run[low].Value ? i : low;
            high = run[i].Value > run[high].Value ? i : high;
        }

        kept.Add(run[Math.Min(low, high)]);
        if (low != high)
        {
            kept.Add(run[Math.Max(low, high)]);
        }
    }
}
