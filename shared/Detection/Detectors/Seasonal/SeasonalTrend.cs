namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>STL: seasonal and trend decomposition by loess (Cleveland, Cleveland, McRae, Terpenning 1990), linear fits at every point.</summary>
public sealed class SeasonalTrend
{
    private readonly int _period;
    private readonly int _seasonalSpan;
    private readonly int _trendSpan;
    private readonly int _lowPassSpan;
    private readonly int _inner;
    private readonly int _outer;

    /// <param name="period">Values of one season, at least 2.</param>
    /// <param name="robust">15 rounds that give outliers less weight, with 2 inner loops; otherwise 5 inner loops and none.</param>
    /// <param name="seasonalSpan">Values of the same season in the seasonal smoother, odd, at least 3; default 7.</param>
    public SeasonalTrend(int period, bool robust, int seasonalSpan = 7)
    {
        (_period, _seasonalSpan) = (period, seasonalSpan);
        _trendSpan = Odd((int)Math.Ceiling(1.5 * period / (1 - (1.5 / seasonalSpan))));
        _lowPassSpan = Odd(period + 1);
        (_inner, _outer) = robust ? (2, 15) : (5, 0);
    }

    public double[] Trend { get; private set; } = [];

    public double[] Seasonal { get; private set; } = [];

    public double[] Residual { get; private set; } = [];

    /// <summary>Decomposes at least two periods.</summary>
    public void Fit(ReadOnlySpan<double> values)
    {
        (Trend, Seasonal, Residual) = (new double[values.Length], new double[values.Length], new double[values.Length]);
        double[] robustness = [];
        for (var round = 0; round <= _outer; round++)
        {
            for (var loop = 0; loop < _inner; loop++)
            {
                FitSeason(values, robustness);
                FitTrend(values, robustness);
            }

            for (var i = 0; i < values.Length; i++)
            {
                Residual[i] = values[i] - Trend[i] - Seasonal[i];
            }

            robustness = round < _outer ? Robustness() : robustness;
        }
    }

    private static int Odd(int value) => value % 2 == 0 ? value + 1 : value;

    private static double[] MovingAverage(double[] values, int length)
    {
        var result = new double[values.Length - length + 1];
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] - (i >= length ? values[i - length] : 0);
            if (i >= length - 1)
            {
                result[i - length + 1] = sum / length;
            }
        }

        return result;
    }

    private void FitSeason(ReadOnlySpan<double> values, double[] robustness)
    {
        var cycle = new double[values.Length + (2 * _period)];
        for (var phase = 0; phase < _period; phase++)
        {
            var count = ((values.Length - 1 - phase) / _period) + 1;
            var (part, weights) = (new double[count], robustness.Length > 0 ? new double[count] : []);
            for (var i = 0; i < count; i++)
            {
                var at = phase + (i * _period);
                part[i] = values[at] - Trend[at];
                if (weights.Length > 0)
                {
                    weights[i] = robustness[at];
                }
            }

            for (var i = -1; i <= count; i++)
            {
                cycle[phase + ((i + 1) * _period)] = Loess.At(part, _seasonalSpan, weights, i);
            }
        }

        var averaged = MovingAverage(MovingAverage(MovingAverage(cycle, _period), _period), 3);
        var low = new double[values.Length];
        Loess.Smooth(averaged, _lowPassSpan, [], low);
        for (var i = 0; i < values.Length; i++)
        {
            Seasonal[i] = cycle[i + _period] - low[i];
        }
    }

    private void FitTrend(ReadOnlySpan<double> values, double[] robustness)
    {
        var deseasoned = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            deseasoned[i] = values[i] - Seasonal[i];
        }

        Loess.Smooth(deseasoned, _trendSpan, robustness, Trend);
    }

    /// <summary>Bisquare weights of the residuals in units of six median absolute residuals.</summary>
    private double[] Robustness()
    {
        double[] sizes = [.. Residual.Select(Math.Abs)];
        double[] sorted = [.. sizes.Order()];
        var middle = sorted.Length / 2;
        var cut = 3 * (sorted[middle] + sorted[sorted.Length - 1 - middle]);
        return [.. sizes.Select(s => s <= 0.001 * cut ? 1 : s > 0.999 * cut ? 0 : Square(1 - Square(s / cut)))];
    }

    private static double Square(double value) => value * value;
}
