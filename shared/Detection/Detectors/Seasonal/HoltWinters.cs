using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Triple exponential smoothing (Holt 1957, Winters 1960) with a trend that adds and a season that adds or multiplies.</summary>
/// <remarks>Begins from centred moving averages of up to five periods and a line through the first ten of them (Hyndman et al. 2008, 2.6.1), then runs over the values it began from.</remarks>
public sealed class HoltWinters(int period, bool multiplies, double alpha, double beta, double gamma)
{
    private const int LineLength = 10;
    private const double Tiny = 1e-12;
    private readonly double[] _season = new double[period];
    private int _place;

    public double Level { get; private set; }

    public double Trend { get; private set; }

    /// <summary>Values that <see cref="Begin"/> needs: up to five whole periods, at least two.</summary>
    public static int BeginLength(int period) => period * Math.Max(5, (int)Math.Ceiling((LineLength + (2.0 * (period / 2))) / period));

    /// <summary>Forecast of the next value.</summary>
    public double Forecast => multiplies ? (Level + Trend) * _season[_place] : Level + Trend + _season[_place];

    /// <summary>Estimates level, trend and season of <paramref name="values"/> (at least two periods and ten values more than one) as they were before the first of them.</summary>
    public void Begin(ReadOnlySpan<double> values)
    {
        var smooth = CentredAverages(values, period);
        var offset = period / 2;
        var counts = new int[period];
        Array.Clear(_season);
        for (var i = 0; i < smooth.Length; i++)
        {
            var at = i + offset;
            _season[at % period] += multiplies ? values[at] / NotZero(smooth[i]) : values[at] - smooth[i];
            counts[at % period]++;
        }

        for (var i = 0; i < period; i++)
        {
            _season[i] /= Math.Max(1, counts[i]);
        }

        var mean = _season.Average();
        for (var i = 0; i < period; i++)
        {
            _season[i] = multiplies ? _season[i] / NotZero(mean) : _season[i] - mean;
        }

        FitLine(smooth.AsSpan(0, Math.Min(LineLength, smooth.Length)));
        _place = 0;
    }

    public void Update(double value)
    {
        var season = _season[_place];
        var (before, expected) = (Level, Level + Trend);
        Level = (alpha * (multiplies ? value / NotZero(season) : value - season)) + ((1 - alpha) * expected);
        Trend = (beta * (Level - before)) + ((1 - beta) * Trend);
        _season[_place] = (gamma * (multiplies ? value / NotZero(expected) : value - expected)) + ((1 - gamma) * season);
        _place = _place + 1 == period ? 0 : _place + 1;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_place);
        writer.Write(Level);
        writer.Write(Trend);
        writer.WriteArray<double>(_season);
    }

    public void Load(ref StateReader reader)
    {
        _place = reader.ReadInt32(0, period - 1);
        Level = reader.ReadDouble();
        Trend = reader.ReadDouble();
        reader.ReadArray(_season.AsSpan());
    }

    private static double NotZero(double value) => Math.Abs(value) > Tiny ? value : value < 0 ? -Tiny : Tiny;

    /// <summary>Moving averages over one period, of an even period averaged once more in pairs; the first stands at index period / 2.</summary>
    private static double[] CentredAverages(ReadOnlySpan<double> values, int period)
    {
        var even = period % 2 == 0;
        var result = new double[values.Length - period + (even ? 0 : 1)];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < period; k++)
            {
                sum += even ? (values[i + k] + values[i + k + 1]) / 2 : values[i + k];
            }

            result[i] = sum / period;
        }

        return result;
    }

    private void FitLine(ReadOnlySpan<double> values)
    {
        var (n, sum, weighted) = (values.Length, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            sum += values[i];
            weighted += (i + 1) * values[i];
        }

        var center = (n + 1) / 2.0;
        Trend = n > 1 ? (weighted - (center * sum)) / (n * ((n * (double)n) - 1) / 12) : 0;
        Level = (sum / n) - (Trend * center);
    }
}
