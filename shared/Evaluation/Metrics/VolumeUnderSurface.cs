namespace Tidewatch.Evaluation.Metrics;

/// <summary>VUS-ROC and VUS-PR (Paparrizos et al. 2022): the range-aware areas averaged over buffer lengths, so that a detection near an anomaly counts a little.</summary>
public readonly record struct VolumeUnderSurface(double Roc, double Pr)
{
    private const int Thresholds = 250;

    /// <summary>The mean over buffers of 0 to <paramref name="longest"/> rows. Labels fade over half a buffer on each side by sqrt(1 - d/l); recall is multiplied by the share of segments touched.</summary>
    public static VolumeUnderSurface Of(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, int longest = 100)
    {
        Equal.Lengths(labels.Length, scores.Length);
        var segments = Segment.Of(labels);
        if (segments.Count == 0)
        {
            throw new ArgumentException("there is no anomaly", nameof(labels));
        }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(Array.ConvertAll(scores.ToArray(), s => -s), order);
        var (roc, pr) = (0.0, 0.0);
        for (var buffer = 0; buffer <= longest; buffer++)
        {
            var areas = Areas(segments, Fade(segments, labels.Length, buffer), order, scores);
            roc += areas.Roc / (longest + 1);
            pr += areas.Pr / (longest + 1);
        }

        return new VolumeUnderSurface(roc, pr);
    }

    private static double[] Fade(IReadOnlyList<Segment> segments, int length, int buffer)
    {
        var faded = new double[length];
        foreach (var segment in segments)
        {
            for (var row = Math.Max(0, segment.First - (buffer / 2)); row <= Math.Min(length - 1, segment.Last + (buffer / 2)); row++)
            {
                var distance = Math.Max(0, Math.Max(segment.First - row, row - segment.Last));
                faded[row] = Math.Max(faded[row], distance == 0 ? 1 : Math.Sqrt(1 - ((double)distance / buffer)));
            }
        }

        return faded;
    }

    private static VolumeUnderSurface Areas(IReadOnlyList<Segment> segments, double[] faded, int[] order, ReadOnlySpan<double> scores)
    {
        var extended = Segment.Of(Array.ConvertAll(faded, f => f > 0));
        var owner = new int[faded.Length];
        Array.Fill(owner, -1);
        for (var i = 0; i < extended.Count; i++)
        {
            owner.AsSpan(extended[i].First, extended[i].Length).Fill(i);
        }

        var positives = (segments.Sum(s => s.Length) + faded.Sum()) / 2;
        var negatives = faded.Length - positives;
        var touched = new bool[extended.Count];
        var (roc, pr, count, hits, next) = (0.0, 0.0, 0, 0.0, 0);
        var (lastRecall, lastRate) = (0.0, 0.0);
        for (var step = 1; step <= Thresholds; step++)
        {
            var threshold = scores[order[Math.Min(order.Length - 1, (int)((long)step * order.Length / Thresholds))]];
            for (; next < order.Length && scores[order[next]] >= threshold; next++)
            {
                hits += faded[order[next]];
                if (owner[order[next]] is >= 0 and var segment && !touched[segment])
                {
                    touched[segment] = true;
                    count++;
                }
            }

            var recall = Math.Min(1, hits / positives) * count / extended.Count;
            var rate = Math.Min(1, (next - hits) / negatives);
            roc += (rate - lastRate) * (recall + lastRecall) / 2;
            pr += next == 0 ? 0 : (recall - lastRecall) * hits / next;
            (lastRecall, lastRate) = (recall, rate);
        }

        return new VolumeUnderSurface(roc + ((1 - lastRate) * (1 + lastRecall) / 2), pr);
    }
}
