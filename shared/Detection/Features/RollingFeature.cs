using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Features;

/// <summary>A statistic of the last <paramref name="count"/> values, the newest among them.</summary>
public sealed class RollingFeature(RollingStatistic statistic, int count) : IFeature
{
    public string Name => $"rolling-{statistic switch { RollingStatistic.Mean => "mean", RollingStatistic.Deviation => "deviation", RollingStatistic.Minimum => "minimum", _ => "maximum" }}-{count}";

    public int Lookback => count - 1;

    public double Extract(double value, SlidingWindow past)
    {
        var others = Math.Min(past.Count, count - 1);
        var (sum, low, high) = (value, value, value);
        for (var age = 0; age < others; age++)
        {
            (sum, low, high) = (sum + past[age], Math.Min(low, past[age]), Math.Max(high, past[age]));
        }

        var mean = sum / (others + 1);
        return statistic switch
        {
            RollingStatistic.Mean => mean,
            RollingStatistic.Deviation => Deviation(value, past, others, mean),
            RollingStatistic.Minimum => low,
            _ => high,
        };
    }

    public IFeature Over(int count) => new RollingFeature(statistic, count);

    private static double Deviation(double value, SlidingWindow past, int others, double mean)
    {
        var squares = (value - mean) * (value - mean);
        for (var age = 0; age < others; age++)
        {
            squares += (past[age] - mean) * (past[age] - mean);
        }

        return Math.Min(Math.Sqrt(squares / (others + 1)), double.MaxValue);
    }
}
