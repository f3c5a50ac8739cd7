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

        var ((steps, flagged), faded) = (StepsOf(scores), new double[labels.Length]);
        var (roc, pr) = (0.0, 0.0);
        for (var buffer = 0; buffer <= longest; buffer++)
        {
            Fade(segments, faded, buffer);
            var areas = Areas(segments.Sum(s => s.Length), Widened(segments, buffer / 2, labels.Length), faded, steps, flagged);
            roc += areas.Roc / (longest + 1);
            pr += areas.Pr / (longest + 1);
        }

        return new VolumeUnderSurface(roc, pr);
    }

    /// <summary>For each row the first threshold that flags it, <see cref="Thresholds"/> where none does; for each threshold the rows that it flags.</summary>
    private static (byte[] Steps, int[] Flagged) StepsOf(ReadOnlySpan<double> scores)
    {
        var (sorted, order) = (scores.ToArray(), Enumerable.Range(0, scores.Length).ToArray());
        Array.Sort(sorted, order);
        Array.Reverse(sorted);
        Array.Reverse(order);
        var (steps, flagged, next) = (new byte[scores.Length], new int[Thresholds], 0);
        Array.Fill(steps, (byte)Thresholds);
        for (var step = 0; step < Thresholds; step++)
        {
            var threshold = sorted[Math.Min(sorted.Length - 1, (int)((long)(step + 1) * sorted.Length / Thresholds))];
            for (; next < sorted.Length && sorted[next] >= threshold; next++)
            {
                steps[order[next]] = (byte)step;
            }

            flagged[step] = next;
        }

        return (steps, flagged);
    }

    /// <summary>Writes each row's weight where there is one; the other rows of <paramref name="faded"/> stay 0.</summary>
    private static void Fade(IReadOnlyList<Segment> segments, double[] faded, int buffer)
    {
        foreach (var segment in segments)
        {
            for (var row = Math.Max(0, segment.First - (buffer / 2)); row <= Math.Min(faded.Length - 1, segment.Last + (buffer / 2)); row++)
            {
                var distance = Math.Max(0, Math.Max(segment.First - row, row - segment.Last));
                faded[row] = Math.Max(faded[row], distance == 0 ? 1 : Math.Sqrt(1 - ((double)distance / buffer)));
            }
        }
    }

    /// <summary>The segments with <paramref name="half"/> a buffer on each side; those that then touch are one.</summary>
    private static List<Segment> Widened(IReadOnlyList<Segment> segments, int half, int length)
    {
        var wide = new List<Segment>();
        foreach (var segment in segments)
        {
            var (first, last) = (Math.Max(0, segment.First - half), Math.Min(length - 1, segment.Last + half));
            if (wide is [.., var before] && first <= before.Last + 1)
            {
                wide[^1] = before with { Last = last };
            }
            else
            {
                wide.Add(new Segment(first, last));
            }
        }

        return wide;
    }

    /// <summary>The areas of one buffer. Only rows with weight are looked at, and their weight is taken out of <paramref name="faded"/> again.</summary>
    private static VolumeUnderSurface Areas(int anomalies, List<Segment> extended, double[] faded, byte[] steps, int[] flagged)
    {
        Span<double> gained = stackalloc double[Thresholds + 1];
        Span<int> reached = stackalloc int[Thresholds + 1];
        gained.Clear();
        reached.Clear();
        var weight = 0.0;
        foreach (var segment in extended)
        {
            var earliest = Thresholds;
            for (var row = segment.First; row <= segment.Last; row++)
            {
                gained[steps[row]] += faded[row];
                weight += faded[row];
                earliest = Math.Min(earliest, steps[row]);
                faded[row] = 0;
            }

            reached[earliest]++;
        }

        var positives = (anomalies + weight) / 2;
        var negatives = faded.Length - positives;
        var (roc, pr, count, hits, lastRecall, lastRate) = (0.0, 0.0, 0, 0.0, 0.0, 0.0);
        for (var step = 0; step < Thresholds; step++)
        {
            hits += gained[step];
            count += reached[step];
            var recall = Math.Min(1, hits / positives) * count / extended.Count;
            var rate = Math.Min(1, (flagged[step] - hits) / negatives);
            roc += (rate - lastRate) * (recall + lastRecall) / 2;
            pr += (recall - lastRecall) * hits / flagged[step];
            (lastRecall, lastRate) = (recall, rate);
        }

        return new VolumeUnderSurface(roc + ((1 - lastRate) * (1 + lastRecall) / 2), pr);
    }
}
