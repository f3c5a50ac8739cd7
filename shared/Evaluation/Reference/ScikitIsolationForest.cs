using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Reference;

/// <summary>
/// The forest that scikit-learn 1.2's <c>IsolationForest(random_state=seed)</c> grows, in <see cref="IsolationForest"/>:
/// results that were published with its seeds can be reproduced to the digit, and its scores hold ours.
/// </summary>
public static class ScikitIsolationForest
{
    private const double FewestShare = 0.01;
    private const double MostShare = 0.99;

    /// <param name="rows">Rows to grow it from, row-major; they are rounded to single precision.</param>
    /// <param name="dimension">Features of a row.</param>
    /// <param name="seed">Its <c>random_state</c>.</param>
    /// <param name="trees">Its <c>n_estimators</c>.</param>
    /// <param name="sample">Its <c>max_samples</c>, between 1 and 99 % of the rows: only there scikit-learn draws by a permutation.</param>
    public static IsolationForest Grow(ReadOnlySpan<double> rows, int dimension, uint seed, int trees = 100, int sample = 256)
    {
        var count = rows.Length / dimension;
        if ((double)sample / count is <= FewestShare or >= MostShare)
        {
            throw new ArgumentOutOfRangeException(nameof(sample), sample, $"give between 1 and 99 % of the {count} rows");
        }

        var singles = Singles(rows);
        var forest = new IsolationForest(trees, sample, dimension);
        var random = new MersenneTwister(seed);
        forest.Plant(
            [.. Enumerable.Range(0, trees).Select(_ => random.UpTo(int.MaxValue - 1)).ToArray()
                .Select(s => ScikitTree.Grow(singles, dimension, new MersenneTwister(s).Permutation(count)[..sample], new MersenneTwister(s).UpTo(int.MaxValue - 1)))],
            sample);
        return forest;
    }

    /// <summary>Minus scikit-learn's <c>score_samples</c>.</summary>
    public static double[] Score(IsolationForest forest, ReadOnlySpan<double> rows, int dimension)
    {
        var scores = new double[rows.Length / dimension];
        forest.Score(Array.ConvertAll(Singles(rows), x => (double)x), scores);
        return scores;
    }

    private static float[] Singles(ReadOnlySpan<double> rows)
    {
        var singles = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            singles[i] = (float)rows[i];
        }

        return singles;
    }
}
