using MathNet.Numerics;

namespace Tidewatch.Evaluation.Tests.Nab;

/// <summary>NAB's baseline detector of that name: the tail of a Gaussian over 6,400 values, moved on by 100, with its constants (1.4142 for the root of 2) and digits.</summary>
internal static class WindowedGaussian
{
    private const int Window = 6400;
    private const int Step = 100;
    private const int PublishedDigits = 12;

    public static double[] Scores(double[] values)
    {
        var scores = new double[values.Length];
        var (mean, deviation) = (0.0, 1.0);
        for (var i = 0; i < values.Length; i++)
        {
            scores[i] = i == 0 ? 0 : Math.Round(1 - (0.5 * SpecialFunctions.Erfc(Math.Abs(values[i] - mean) / deviation / 1.4142)), PublishedDigits);
            if (i < Window || (i - Window + 1) % Step == 0)
            {
                (mean, deviation) = Fit(values.AsSpan(Math.Max(0, i + 1 - Window), Math.Min(i + 1, Window)));
            }
        }

        return scores;
    }

    private static (double Mean, double Deviation) Fit(ReadOnlySpan<double> window)
    {
        var (mean, square) = (0.0, 0.0);
        foreach (var value in window)
        {
            mean += value / window.Length;
        }

        foreach (var value in window)
        {
            square += (value - mean) * (value - mean) / window.Length;
        }

        return (mean, square == 0 ? 0.000001 : Math.Sqrt(square));
    }
}
