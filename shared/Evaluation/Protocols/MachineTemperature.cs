using Tidewatch.Detection.Batch;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Reference;

namespace Tidewatch.Evaluation.Protocols;

/// <summary>
/// An isolation forest on NAB's machine_temperature as tutorials do it: value, rolling mean and deviation of ten rows, the first 80 % to learn from, the last 20 % to judge;
/// and beside it a rule fixed in advance.
/// </summary>
public sealed class MachineTemperature
{
    /// <summary>The file's name in the corpus.</summary>
    public const string File = "realKnownCause/machine_temperature_system_failure.csv";
    private const int Rolling = 10;
    private const double TrainShare = 0.8;
    private const double Contamination = 0.01;
    private const int ThreeHours = 36;
    private const double RuleQuantile = 0.95;
    private readonly NabSeries _series;
    private readonly LabelledTable _table;
    private readonly int _train;

    public MachineTemperature(NabSeries series)
    {
        _series = series;
        var labels = new bool[series.Values.Length];
        foreach (var window in series.Windows)
        {
            labels.AsSpan(window.First, window.Width).Fill(true);
        }

        var features = new List<double>();
        for (var end = Rolling; end <= series.Values.Length; end++)
        {
            var window = series.Values.AsSpan(end - Rolling, Rolling);
            var (mean, square) = (0.0, 0.0);
            foreach (var value in window)
            {
                mean += value / Rolling;
            }

            foreach (var value in window)
            {
                square += (value - mean) * (value - mean) / (Rolling - 1);
            }

            features.AddRange([window[^1], mean, Math.Sqrt(square)]);
        }

        _train = (int)(TrainShare * (features.Count / 3));
        _table = new LabelledTable([.. features], 3, labels[(Rolling - 1)..], ["value", "mean", "deviation"]).Standardised(_train);
    }

    public int TrainRows => _train;

    public int TestRows => _table.Labels.Length - _train;

    private ReadOnlySpan<double> Train => _table.Values.AsSpan(0, 3 * _train);

    private ReadOnlySpan<double> Test => _table.Values.AsSpan(3 * _train);

    private ReadOnlySpan<bool> TestLabels => _table.Labels.AsSpan(_train);

    /// <summary>The forest of one seed on the last fifth, flagged beyond the training scores' 99th percentile; and the ROC-AUC of its score.</summary>
    public (Confusion Confusion, double RocAuc) Forest(ulong seed)
    {
        var forest = BatchCatalog.Get(IsolationForestBatch.Name).Create(seed);
        var (train, test) = (new double[_train], new double[TestRows]);
        forest.Fit(Train, 3);
        forest.Score(Train, train);
        forest.Score(Test, test);
        return Judged(train, test);
    }

    /// <summary>The same with the trees that scikit-learn grows from that <c>random_state</c>: the reference's own figures.</summary>
    public (Confusion Confusion, double RocAuc) ScikitForest(uint seed)
    {
        var forest = ScikitIsolationForest.Grow(Train, 3, seed);
        return Judged(ScikitIsolationForest.Score(forest, Train, 3), ScikitIsolationForest.Score(forest, Test, 3));
    }

    /// <summary>The rule on the last fifth: the mean of three hours lies further from the training mean than 95 % of the training's three-hour means.</summary>
    public (Confusion Confusion, double RocAuc) Rule()
    {
        var distances = RuleDistances();
        var threshold = Quantile(distances[..(_train + Rolling - 1)], RuleQuantile);
        var test = distances[(_train + Rolling - 1)..];
        return (Confusion.Of(TestLabels, Array.ConvertAll(test, d => d > threshold)), Ranking.Of(TestLabels, test).RocAuc);
    }

    /// <summary>The rule on each of the file's windows: rows flagged in it and rows there are; three of the four lie in what it was fitted on.</summary>
    public (IReadOnlyList<(int Flagged, int Rows)> Windows, int FalseRows) RuleByWindow()
    {
        var distances = RuleDistances();
        var threshold = Quantile(distances[..(_train + Rolling - 1)], RuleQuantile);
        var inside = _series.Windows.Select(w => (distances.AsSpan(w.First, w.Width).ToArray().Count(d => d > threshold), w.Width)).ToArray();
        return (inside, distances.Count(d => d > threshold) - inside.Sum(w => w.Item1));
    }

    private (Confusion Confusion, double RocAuc) Judged(double[] train, double[] test)
    {
        var threshold = Quantile(train, 1 - Contamination);
        return (Confusion.Of(TestLabels, Array.ConvertAll(test, s => s > threshold)), Ranking.Of(TestLabels, test).RocAuc);
    }

    private double[] RuleDistances()
    {
        var values = _series.Values;
        var mean = values.Take(_train + Rolling - 1).Average();
        return [.. Enumerable.Range(0, values.Length).Select(i => Math.Abs(values.AsSpan(Math.Max(0, i + 1 - ThreeHours), Math.Min(i + 1, ThreeHours)).ToArray().Average() - mean))];
    }

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
