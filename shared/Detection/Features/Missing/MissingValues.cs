namespace Tidewatch.Detection.Features.Missing;

/// <summary>Fills missing values (NaN) of a series in place.</summary>
public static class MissingValues
{
    /// <summary>Fills what is missing; a series without a single value becomes 0.</summary>
    /// <param name="values">The series, one value a step.</param>
    /// <param name="method">How.</param>
    /// <param name="period">Steps of a season, at least 1; only <see cref="MissingValueMethod.Seasonal"/> asks for it.</param>
    public static void Fill(Span<double> values, MissingValueMethod method, int period = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                last = i;
                continue;
            }

            values[i] = method switch
            {
                MissingValueMethod.Interpolate => Between(values, last, i),
                MissingValueMethod.Seasonal when i >= period => values[i - period],
                _ => i > 0 ? values[i - 1] : Next(values, 0) is var next and >= 0 ? values[next] : 0,
            };
        }
    }

    /// <summary>The signal that something is missing: 1 for every NaN, else 0. Take it before filling, as a feature of its own.</summary>
    public static double[] Signal(ReadOnlySpan<double> values)
    {
        var signal = new double[values.Length];
        for (var i = 0; i < signal.Length; i++)
        {
            signal[i] = double.IsNaN(values[i]) ? 1 : 0;
        }

        return signal;
    }

    private static double Between(ReadOnlySpan<double> values, int before, int missing)
    {
        var after = Next(values, missing);
        if (after < 0 || before < 0)
        {
            return after >= 0 ? values[after] : before >= 0 ? values[before] : 0;
        }

        return values[before] + ((values[after] - values[before]) * (missing - before) / (after - before));
    }

    private static int Next(ReadOnlySpan<double> values, int from)
    {
        for (var i = from; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
