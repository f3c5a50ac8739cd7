namespace Tidewatch.Detection.Drift;

/// <summary>The two-sample Kolmogorov-Smirnov test for samples of equal size.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Largest distance of the two empirical distributions; both sorted.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (i, j, worst) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value)
            {
                i++;
            }

            while (j < b.Length && b[j] <= value)
            {
                j++;
            }

            worst = Math.Max(worst, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        return worst;
    }

    /// <summary>Exact two-sided probability of a distance of at least <paramref name="distance"/> between two samples of <paramref name="n"/> (Gnedenko, Korolyuk 1951).</summary>
    public static double PValue(double distance, int n)
    {
        var height = (int)Math.Round(distance * n);
        if (height == 0)
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = n / height; k >= 1; k--)
        {
            var ratio = 1.0;
            for (var j = 0; j < k * height; j++)
            {
                ratio *= (n - j) / (double)(n + 1 + j);
            }

            sum = ratio - sum;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
