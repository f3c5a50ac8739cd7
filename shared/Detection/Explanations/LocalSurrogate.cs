using MathNet.Numerics.LinearAlgebra;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Explanations;

/// <summary>A linear model around one row (LIME: Ribeiro, Singh, Guestrin 2016): each feature is on, with the row's value, or off, with its normal one.</summary>
/// <remarks>
/// Masks weigh as in Kernel SHAP (Lundberg, Lee 2017, theorem 2), so that the coefficients are Shapley values: of up to 8 features all masks are asked, of more 254 drawn ones.
/// The statistic is asked at most 256 times.
/// </remarks>
public static class LocalSurrogate
{
    private const int MostEnumerated = 8;
    private const int Drawn = 254;
    private const double EndWeight = 1e6;
    private const double Ridge = 1e-9;

    /// <summary>What each feature adds to <paramref name="statistic"/> when it goes from its normal value to the row's.</summary>
    /// <param name="statistic">The model.</param>
    /// <param name="row">The row to explain, at most 64 features.</param>
    /// <param name="normal">Normal value of each feature.</param>
    /// <param name="contributions">One place a feature.</param>
    /// <param name="seed">Seed of the masks.</param>
    public static void Explain(RowStatistic statistic, ReadOnlySpan<double> row, ReadOnlySpan<double> normal, Span<double> contributions, ulong seed = 1)
    {
        var masks = row.Length <= MostEnumerated ? Enumerated(row.Length) : DrawnMasks(row.Length, new SeededRandom(seed));
        var (design, targets, weights) = (Matrix<double>.Build.Dense(masks.Count, row.Length + 1, 1), Vector<double>.Build.Dense(masks.Count), Vector<double>.Build.Dense(masks.Count));
        var mixed = new double[row.Length];
        for (var i = 0; i < masks.Count; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                var isOn = (masks[i].Features >> j & 1) == 1;
                mixed[j] = isOn ? row[j] : normal[j];
                design[i, j] = isOn ? 1 : 0;
            }

            (targets[i], weights[i]) = (statistic(mixed), masks[i].Weight);
        }

        var unit = Math.Max(targets.AbsoluteMaximum(), double.Epsilon);
        var weighted = design.TransposeThisAndMultiply(Matrix<double>.Build.DiagonalOfDiagonalVector(weights));
        var coefficients = ((weighted * design) + (Ridge * Matrix<double>.Build.DenseIdentity(row.Length + 1))).Cholesky().Solve(weighted * targets.Divide(unit));
        for (var j = 0; j < row.Length; j++)
        {
            contributions[j] = coefficients[j] * unit;
        }
    }

    private static List<(ulong Features, double Weight)> Enumerated(int count)
    {
        var masks = Ends(count);
        for (var mask = 1UL; mask < (1UL << count) - 1; mask++)
        {
            masks.Add((mask, WeightOfSize(System.Numerics.BitOperations.PopCount(mask), count) / Choose(count, System.Numerics.BitOperations.PopCount(mask))));
        }

        return masks;
    }

    /// <summary>Masks by the kernel's own odds, each with its complement, which cancels what is odd in the error.</summary>
    private static List<(ulong Features, double Weight)> DrawnMasks(int count, SeededRandom random)
    {
        var (masks, sizes) = (Ends(count), Enumerable.Range(1, count - 1).Sum(s => WeightOfSize(s, count)));
        var order = Enumerable.Range(0, count).ToArray();
        while (masks.Count < Drawn + 2)
        {
            var (size, left) = (1, random.NextDouble() * sizes);
            while (size < count - 1 && (left -= WeightOfSize(size, count)) > 0)
            {
                size++;
            }

            var mask = 0UL;
            for (var i = 0; i < size; i++)
            {
                var other = i + (int)(random.NextDouble() * (count - i));
                (order[i], order[other]) = (order[other], order[i]);
                mask |= 1UL << order[i];
            }

            masks.Add((mask, 1));
            masks.Add((masks[0].Features & ~mask, 1));
        }

        return masks;
    }

    /// <summary>All on and all off: the model is held to both.</summary>
    private static List<(ulong Features, double Weight)> Ends(int count) => [(count == 64 ? ulong.MaxValue : (1UL << count) - 1, EndWeight), (0, EndWeight)];

    private static double WeightOfSize(int size, int count) => (count - 1.0) / (size * (count - size));

    private static double Choose(int count, int size) => Enumerable.Range(1, size).Aggregate(1.0, (product, i) => product * (count - size + i) / i);
}
