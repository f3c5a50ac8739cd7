namespace Tidewatch.Detection.Features.Scaling;

/// <summary>Takes values to a common scale: (value - centre) / unit, both learned from a sample.</summary>
/// <param name="Center">What becomes 0.</param>
/// <param name="Unit">What becomes 1, above 0; 1 for a sample without spread, as in scikit-learn.</param>
public readonly record struct Scaler(double Center, double Unit)
{
    public double Apply(double value) => (value - Center) / Unit;

    public double Invert(double scaled) => Center + (scaled * Unit);

    /// <summary>Mean 0 and standard deviation 1 of <paramref name="values"/>, at least one.</summary>
    public static Scaler Standard(ReadOnlySpan<double> values)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean) / values.Length;
        }

        return new Scaler(mean, UnitOf(Math.Sqrt(squares)));
    }

    /// <summary>Median 0 and interquartile range 1: outliers do not move it.</summary>
    public static Scaler Robust(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new Scaler(Quantile(sorted, 0.5), UnitOf(Quantile(sorted, 0.75) - Quantile(sorted, 0.25)));
    }

    /// <summary>Least 0 and largest 1.</summary>
    public static Scaler MinMax(ReadOnlySpan<double> values)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return new Scaler(low, UnitOf(high - low));
    }

    private static double UnitOf(double spread) => spread > 0 && double.IsFinite(spread) ? spread : 1;

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
