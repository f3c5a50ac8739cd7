namespace Tidewatch.Evaluation.Metrics;

/// <summary>A threshold's place on the curves: rows with at least <paramref name="Threshold"/> are flagged.</summary>
public readonly record struct RankingPoint(double Threshold, double Recall, double FalsePositiveRate, double Precision);

/// <summary>How well scores rank anomalies above the rest: a point for every distinct score, from the highest down.</summary>
public sealed class Ranking
{
    private Ranking(IReadOnlyList<RankingPoint> points) => Points = points;

    public IReadOnlyList<RankingPoint> Points { get; }

    /// <summary>Area under the receiver operating characteristic.</summary>
    public double RocAuc
    {
        get
        {
            var (area, last) = (0.0, new RankingPoint(double.PositiveInfinity, 0, 0, 1));
            foreach (var point in Points)
            {
                area += (point.FalsePositiveRate - last.FalsePositiveRate) * (point.Recall + last.Recall) / 2;
                last = point;
            }

            return area;
        }
    }

    /// <summary>Average precision: the step-wise area under the precision-recall curve.</summary>
    public double AveragePrecision
    {
        get
        {
            var (area, recall) = (0.0, 0.0);
            foreach (var point in Points)
            {
                area += (point.Recall - recall) * point.Precision;
                recall = point.Recall;
            }

            return area;
        }
    }

    /// <summary>Area under the precision-recall curve by trapezoids, from recall 0 at precision 1; more generous than <see cref="AveragePrecision"/>.</summary>
    public double PrAucTrapezoid
    {
        get
        {
            var (area, last) = (0.0, new RankingPoint(double.PositiveInfinity, 0, 0, 1));
            foreach (var point in Points)
            {
                area += (point.Recall - last.Recall) * (point.Precision + last.Precision) / 2;
                last = point;
            }

            return area;
        }
    }

    /// <summary>Ranks finite scores. Throws <see cref="ArgumentException"/> unless there are labels of both kinds.</summary>
    public static Ranking Of(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        Equal.Lengths(labels.Length, scores.Length);
        var (keys, sorted) = (scores.ToArray(), labels.ToArray());
        Array.Sort(keys, sorted);
        var positives = sorted.AsSpan().Count(true);
        var negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            throw new ArgumentException("a ranking needs anomalies and normal rows", nameof(labels));
        }

        var points = new List<RankingPoint>();
        var (hits, alarms) = (0, 0);
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            hits += sorted[i] ? 1 : 0;
            alarms++;
            if (i == 0 || keys[i - 1] != keys[i])
            {
                points.Add(new RankingPoint(keys[i], (double)hits / positives, (double)(alarms - hits) / negatives, (double)hits / alarms));
            }
        }

        return new Ranking(points);
    }
}
