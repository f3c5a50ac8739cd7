using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Batch;

/// <summary>Lloyd's k-means from a greedy k-means++ start (Arthur, Vassilvitskii 2007); of several starts the one with the least squared distances.</summary>
internal sealed class KMeans(int clusters, int starts, ulong seed)
{
    private const int MaxRounds = 300;
    private const double Tolerance = 1e-4;
    private int _dimension;
    private SideBySide? _lanes;

    /// <summary>Row-major centres; as many as there are different rows when those are fewer.</summary>
    public double[] Centers { get; private set; } = [];

    public int Count => Centers.Length / _dimension;

    /// <summary>Cluster of each fitted row.</summary>
    public int[] Labels { get; private set; } = [];

    public ReadOnlySpan<double> this[int cluster] => Centers.AsSpan(cluster * _dimension, _dimension);

    public void Fit(Table table)
    {
        _dimension = table.Dimension;
        var random = new SeededRandom(seed);
        var limit = Tolerance * MeanVariance(table);
        var rows = new SideBySide(table);
        var (best, centers, labels) = (double.PositiveInfinity, Centers, Labels);
        for (var start = 0; start < starts; start++)
        {
            Centers = Start(table, rows, ref random);
            Labels = new int[table.Count];
            Descend(table, limit);
            var spread = Enumerable.Range(0, table.Count).Sum(i => Distance.Squared(table[i], this[Labels[i]]));
            (best, centers, labels) = start == 0 || spread < best ? (spread, Centers, Labels) : (best, centers, labels);
        }

        (Centers, Labels) = (centers, labels);
        _lanes = Laid();
    }

    /// <summary>The nearest centre and the squared distance to it.</summary>
    public (int Cluster, double Squared) Nearest(ReadOnlySpan<double> row)
    {
        var (best, least) = (0, double.PositiveInfinity);
        Span<double> distances = stackalloc double[SideBySide.Lanes];
        for (var block = 0; block < _lanes!.Blocks; block++)
        {
            _lanes.SquaredDistances(block, row, least, distances);
            for (var lane = 0; lane < SideBySide.Lanes; lane++)
            {
                if (distances[lane] < least)
                {
                    (best, least) = ((block * SideBySide.Lanes) + lane, distances[lane]);
                }
            }
        }

        return (best, least);
    }

    private void Descend(Table table, double limit)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var changed = Assign(table);
            if (Move(table) <= limit || !changed)
            {
                break;
            }
        }

        Assign(table);
    }

    private static double MeanVariance(Table table)
    {
        var gaussian = new Gaussian(table.Dimension);
        gaussian.FitMoments(table);
        return gaussian.Variances.Average();
    }

    private double[] Start(Table table, SideBySide rows, ref SeededRandom random)
    {
        var centers = new List<double>();
        var trials = 2 + (int)Math.Log(clusters);
        var least = new double[table.Count];
        Array.Fill(least, double.PositiveInfinity);
        var (candidate, best) = (new double[table.Count], new double[table.Count]);
        for (var chosen = random.Next(table.Count); chosen >= 0;)
        {
            centers.AddRange(table[chosen]);
            Lower(rows, table[chosen], least, least);
            var total = least.Sum();
            if (centers.Count >= clusters * _dimension || !(total > 0) || double.IsInfinity(total))
            {
                break;
            }

            chosen = -1;
            var bestTotal = double.PositiveInfinity;
            for (var trial = 0; trial < trials; trial++)
            {
                var row = Pick(least, total * random.NextDouble());
                Lower(rows, table[row], least, candidate);
                var sum = candidate.Sum();
                if (sum < bestTotal)
                {
                    (chosen, bestTotal) = (row, sum);
                    candidate.CopyTo(best, 0);
                }
            }
        }

        return [.. centers];
    }

    private static void Lower(SideBySide rows, ReadOnlySpan<double> center, double[] least, double[] into)
    {
        Span<double> distances = stackalloc double[SideBySide.Lanes];
        for (var block = 0; block < rows.Blocks; block++)
        {
            rows.SquaredDistances(block, center, double.PositiveInfinity, distances);
            var first = block * SideBySide.Lanes;
            for (var lane = 0; lane < SideBySide.Lanes && first + lane < rows.Count; lane++)
            {
                into[first + lane] = Math.Min(least[first + lane], distances[lane]);
            }
        }
    }

    private static int Pick(double[] weights, double at)
    {
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                at -= weights[i];
                if (at <= 0)
                {
                    return i;
                }
            }
        }

        return last;
    }

    private SideBySide Laid() => new(new Table(Centers, _dimension));

    private bool Assign(Table table)
    {
        var changed = false;
        _lanes = Laid();
        for (var i = 0; i < table.Count; i++)
        {
            var (cluster, _) = Nearest(table[i]);
            changed |= cluster != Labels[i];
            Labels[i] = cluster;
        }

        return changed;
    }

    private double Move(Table table)
    {
        var sums = new double[Centers.Length];
        var counts = new int[Count];
        for (var i = 0; i < table.Count; i++)
        {
            counts[Labels[i]]++;
            var row = table[i];
            for (var j = 0; j < _dimension; j++)
            {
                sums[(Labels[i] * _dimension) + j] += row[j];
            }
        }

        var shift = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            if (counts[i / _dimension] > 0)
            {
                var center = sums[i] / counts[i / _dimension];
                shift += (center - Centers[i]) * (center - Centers[i]);
                Centers[i] = center;
            }
        }

        return shift;
    }
}
