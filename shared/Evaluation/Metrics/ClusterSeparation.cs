namespace Tidewatch.Evaluation.Metrics;

/// <summary>How apart the flagged rows lie from the others, without labels.</summary>
/// <param name="Silhouette">Mean silhouette (Rousseeuw 1987), -1 to 1, higher is better.</param>
/// <param name="CalinskiHarabasz">Between to within dispersion (Calinski, Harabasz 1974), higher is better.</param>
/// <param name="DaviesBouldin">Scatter to separation (Davies, Bouldin 1979), lower is better.</param>
public sealed record ClusterSeparation(double Silhouette, double CalinskiHarabasz, double DaviesBouldin)
{
    /// <summary>Of row-major <paramref name="rows"/>; O(n²) distances. Throws <see cref="ArgumentException"/> unless rows of both kinds are there.</summary>
    public static ClusterSeparation Of(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<bool> flags)
    {
        Equal.Lengths(flags.Length, rows.Length / dimension);
        int[] sizes = [flags.Count(false), flags.Count(true)];
        if (sizes[0] == 0 || sizes[1] == 0)
        {
            throw new ArgumentException("flagged rows and others are needed", nameof(flags));
        }

        double[][] centers = [Center(rows, dimension, flags, of: false), Center(rows, dimension, flags, of: true)];
        var all = new double[dimension];
        for (var j = 0; j < dimension; j++)
        {
            all[j] = ((centers[0][j] * sizes[0]) + (centers[1][j] * sizes[1])) / flags.Length;
        }

        var (within, scatter) = (0.0, new double[2]);
        for (var i = 0; i < flags.Length; i++)
        {
            var cluster = flags[i] ? 1 : 0;
            var squared = Squared(rows.Slice(i * dimension, dimension), centers[cluster]);
            within += squared;
            scatter[cluster] += Math.Sqrt(squared) / sizes[cluster];
        }

        var between = (sizes[0] * Squared(centers[0], all)) + (sizes[1] * Squared(centers[1], all));
        return new ClusterSeparation(
            SilhouetteOf(rows, dimension, flags, sizes), between * (flags.Length - 2) / within, (scatter[0] + scatter[1]) / Math.Sqrt(Squared(centers[0], centers[1])));
    }

    private static double SilhouetteOf(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<bool> flags, int[] sizes)
    {
        var (sum, distances) = (0.0, new double[2]);
        for (var i = 0; i < flags.Length; i++)
        {
            Array.Clear(distances);
            for (var j = 0; j < flags.Length; j++)
            {
                distances[flags[j] ? 1 : 0] += Math.Sqrt(Squared(rows.Slice(i * dimension, dimension), rows.Slice(j * dimension, dimension)));
            }

            var own = flags[i] ? 1 : 0;
            if (sizes[own] > 1)
            {
                var (near, far) = (distances[own] / (sizes[own] - 1), distances[1 - own] / sizes[1 - own]);
                sum += Math.Max(near, far) > 0 ? (far - near) / Math.Max(near, far) : 0;
            }
        }

        return sum / flags.Length;
    }

    private static double[] Center(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<bool> flags, bool of)
    {
        var (center, count) = (new double[dimension], flags.Count(of));
        for (var i = 0; i < flags.Length; i++)
        {
            for (var j = 0; flags[i] == of && j < dimension; j++)
            {
                center[j] += rows[(i * dimension) + j] / count;
            }
        }

        return center;
    }

    private static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
