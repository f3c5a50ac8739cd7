namespace Tidewatch.Detection.Calibration;

/// <summary>Generalised Pareto distribution of excesses over a threshold, fitted by Grimshaw's maximum likelihood (1993).</summary>
/// <param name="Shape">Shape gamma; 0 is the exponential distribution.</param>
/// <param name="Scale">Scale sigma, above 0.</param>
public readonly record struct GeneralizedPareto(double Shape, double Scale)
{
    private const int Steps = 24;
    private const double Zero = 1e-8;

    /// <summary>The most likely distribution of <paramref name="excesses"/>, all above 0; of fewer than two the exponential one.</summary>
    public static GeneralizedPareto Fit(ReadOnlySpan<double> excesses)
    {
        var (sum, least, most) = (0.0, double.MaxValue, 0.0);
        foreach (var excess in excesses)
        {
            (sum, least, most) = (sum + excess, Math.Min(least, excess), Math.Max(most, excess));
        }

        var mean = excesses.IsEmpty ? 0 : sum / excesses.Length;
        var best = new GeneralizedPareto(0, mean);
        if (excesses.Length < 2 || !(least > 0) || least == most || !double.IsFinite(sum))
        {
            return best;
        }

        var likelihood = best.LogLikelihood(excesses);
        Search(excesses, -Zero / mean, (-1 / most) + (Zero / most), ref best, ref likelihood);
        Search(excesses, Zero / mean, Math.Max(2 * (mean - least) / (least * mean), 10 / mean), ref best, ref likelihood);
        return best;
    }

    /// <summary>Logarithm of the likelihood of <paramref name="excesses"/>.</summary>
    public double LogLikelihood(ReadOnlySpan<double> excesses)
    {
        var sum = 0.0;
        foreach (var excess in excesses)
        {
            sum += Math.Abs(Shape) < Zero ? excess / Scale : (1 + (1 / Shape)) * Log1P(Shape / Scale * excess);
        }

        return (-excesses.Length * Math.Log(Scale)) - sum;
    }

    /// <summary>The excess that is exceeded with probability <paramref name="tail"/>; below 0 when <paramref name="tail"/> is above 1.</summary>
    public double Quantile(double tail) => Math.Abs(Shape) < Zero ? -Scale * Math.Log(tail) : Scale / Shape * (Math.Pow(tail, -Shape) - 1);

    /// <summary>Takes the best root of Grimshaw's equation from <paramref name="from"/>, near 0, to <paramref name="to"/>, found by signs on a grid that is finer near 0, then by halving.</summary>
    private static void Search(ReadOnlySpan<double> excesses, double from, double to, ref GeneralizedPareto best, ref double likelihood)
    {
        var (last, lastValue) = (from, Equation(excesses, from));
        for (var step = 1; step <= Steps; step++)
        {
            var next = from + ((to - from) * Math.Pow((double)step / Steps, 3));
            var value = Equation(excesses, next);
            if (lastValue * value < 0)
            {
                Consider(excesses, Root(excesses, last, next, lastValue), ref best, ref likelihood);
            }

            (last, lastValue) = (next, value);
        }
    }

    private static double Root(ReadOnlySpan<double> excesses, double low, double high, double lowValue)
    {
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            var value = Equation(excesses, middle);
            (low, high) = lowValue * value <= 0 ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    private static void Consider(ReadOnlySpan<double> excesses, double root, ref GeneralizedPareto best, ref double likelihood)
    {
        var shape = MeanLog(excesses, root);
        var candidate = new GeneralizedPareto(shape, shape / root);
        var found = candidate.Scale > 0 ? candidate.LogLikelihood(excesses) : double.NaN;
        if (found > likelihood)
        {
            (best, likelihood) = (candidate, found);
        }
    }

    /// <summary>Mean of 1/(1 + x Y) times 1 + mean of log(1 + x Y), less 1: 0 where the likelihood has no slope.</summary>
    private static double Equation(ReadOnlySpan<double> excesses, double x)
    {
        var inverse = 0.0;
        foreach (var excess in excesses)
        {
            inverse += 1 / (1 + (x * excess));
        }

        return (inverse / excesses.Length * (1 + MeanLog(excesses, x))) - 1;
    }

    private static double MeanLog(ReadOnlySpan<double> excesses, double x)
    {
        var sum = 0.0;
        foreach (var excess in excesses)
        {
            sum += Log1P(x * excess);
        }

        return sum / excesses.Length;
    }

    private static double Log1P(double x) => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x);
}
