using MathNet.Numerics.LinearAlgebra;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Explanations;

/// <summary>A linear model around one row (LIME: Ribeiro, Singh, Guestrin 2016): each feature is on, with the row's value, or off, with its normal one.</summary>
/// <remarks>Masks are weighted by exp(-(share off)²/0.5²) and the coefficients shrunk by a small ridge. Of a linear statistic the contributions are exact.</remarks>
public static class LocalSurrogate
{
    private const int Samples = 256;
    private const double Width = 0.5;
    private const double Ridge = 1e-6;

    /// <summary>What each feature adds to <paramref name="statistic"/> when it goes from its normal value to the row's.</summary>
    /// <param name="statistic">The model.</param>
    /// <param name="row">The row to explain.</param>
    /// <param name="normal">Normal value of each feature.</param>
    /// <param name="contributions">One place a feature.</param>
    /// <param name="seed">Seed of the masks.</param>
    public static void Explain(RowStatistic statistic, ReadOnlySpan<double> row, ReadOnlySpan<double> normal, Span<double> contributions, ulong seed = 1)
    {
        var (random, count) = (new SeededRandom(seed), Samples + 2);
        var (masks, targets, weights) = (Matrix<double>.Build.Dense(count, row.Length + 1, 1), Vector<double>.Build.Dense(count), Vector<double>.Build.Dense(count));
        var mixed = new double[row.Length];
        for (var i = 0; i < count; i++)
        {
            var off = 0;
            for (var j = 0; j < row.Length; j++)
            {
                var isOn = i == 0 || (i > 1 && random.NextDouble() < 0.5);
                mixed[j] = isOn ? row[j] : normal[j];
                masks[i, j] = isOn ? 1 : 0;
                off += isOn ? 0 : 1;
            }

            targets[i] = statistic(mixed);
            weights[i] = Math.Exp(-Math.Pow((double)off / row.Length / Width, 2));
        }

        var weighted = masks.TransposeThisAndMultiply(Matrix<double>.Build.DiagonalOfDiagonalVector(weights));
        var coefficients = ((weighted * masks) + (Ridge * Matrix<double>.Build.DenseIdentity(row.Length + 1))).Cholesky().Solve(weighted * targets);
        for (var j = 0; j < row.Length; j++)
        {
            contributions[j] = coefficients[j];
        }
    }
}
