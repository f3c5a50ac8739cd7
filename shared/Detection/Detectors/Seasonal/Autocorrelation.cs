namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Autocorrelation and the period it shows.</summary>
public static class Autocorrelation
{
    /// <summary>Autocorrelation at <paramref name="lag"/>, the sum divided by that of lag 0 (Box, Jenkins 1976); 0 for a constant series.</summary>
    public static double At(ReadOnlySpan<double> values, int lag)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var (sum, all) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var difference = values[i] - mean;
            all += difference * difference;
            if (i + lag < values.Length)
            {
                sum += difference * (values[i + lag] - mean);
            }
        }

        return all > 0 ? sum / all : 0;
    }

    /// <summary>The lag of the highest peak of the autocorrelation up to a third of the values, after a straight line is removed; 0 when no peak reaches <paramref name="least"/>.</summary>
    /// <param name="values">At least a dozen values.</param>
    /// <param name="least">Least autocorrelation of a period; 0.3 is usual.</param>
    public static int FindPeriod(ReadOnlySpan<double> values, double least = 0.3)
    {
        var detrended = values.ToArray();
        RemoveLine(detrended);
        var longest = values.Length / 3;
        if (longest < 3)
        {
            return 0;
        }

        var at = new double[longest + 2];
        for (var lag = 0; lag < at.Length; lag++)
        {
            at[lag] = At(detrended, lag) * values.Length / (values.Length - lag);
        }

        // Noise makes small peaks on the first slope: a season shows only after the autocorrelation was negative.
        var start = Array.FindIndex(at, a => a < 0);
        var (best, period) = (least, 0);
        for (var lag = start < 0 ? longest + 1 : Math.Max(2, start); lag <= longest; lag++)
        {
            // A multiple of the period peaks as high as the period itself: only a clearly higher peak replaces an earlier one.
            if (at[lag] > at[lag - 1] && at[lag] >= at[lag + 1] && at[lag] > best + (period > 0 ? 0.1 : 0))
            {
                (best, period) = (at[lag], lag);
            }
        }

        return period;
    }

    private static void RemoveLine(double[] values)
    {
        var center = (values.Length - 1) / 2.0;
        var (mean, product, square) = (0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            mean += values[i] / values.Length;
            product += (i - center) * values[i];
            square += (i - center) * (i - center);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= mean + (product / Math.Max(1, square) * (i - center));
        }
    }
}
