using MathNet.Numerics.Distributions;

namespace Tidewatch.Detection.Ensembles;

/// <summary>How far the members of an ensemble agree.</summary>
/// <param name="Lower">Lower end of the 95 % confidence interval of the members' mean score, at least 0.</param>
/// <param name="Upper">Upper end, at most 1.</param>
/// <param name="Disagreement">Standard deviation of the scores over its largest possible value: 0 when all say the same, 1 when half say 0 and half say 1.</param>
public readonly record struct ScoreSpread(double Lower, double Upper, double Disagreement)
{
    private static readonly double[] Student = [.. Enumerable.Range(1, 64).Select(freedom => StudentT.InvCDF(0, 1, freedom, 0.975))];

    /// <summary>The spread of at least one score in [0, 1]; one score by itself says nothing: 0 to 1.</summary>
    public static ScoreSpread Of(ReadOnlySpan<double> scores)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var score in scores)
        {
            mean += score / scores.Length;
        }

        foreach (var score in scores)
        {
            squares += (score - mean) * (score - mean);
        }

        if (scores.Length < 2)
        {
            return new ScoreSpread(0, 1, 0);
        }

        var half = Student[Math.Min(scores.Length - 1, Student.Length) - 1] * Math.Sqrt(squares / (scores.Length - 1) / scores.Length);
        return new ScoreSpread(Math.Max(0, mean - half), Math.Min(1, mean + half), Math.Min(1, 2 * Math.Sqrt(squares / scores.Length)));
    }
}
