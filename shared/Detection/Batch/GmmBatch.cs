using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="GmmBatch"/>.</summary>
public sealed record GmmBatchOptions : DetectorOptions
{
    /// <summary>Normal distributions mixed, 1 to 100; default 4.</summary>
    [Range(1, 100)]
    public int Components { get; init; } = 4;

    /// <summary>Added to each variance, 0 to 1; default 1e-3, in units of standardised features.</summary>
    [Range(0, 1)]
    public double Ridge { get; init; } = 1e-3;

    /// <summary>Gain of the mean log-likelihood below which fitting ends, 0 to 1; default 1e-3.</summary>
    [Range(0, 1)]
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Rounds of expectation and maximisation at most, 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int MaxRounds { get; init; } = 100;
}

/// <summary>Negative log-likelihood under a mixture of normal distributions with full covariances, fitted by EM (Dempster, Laird, Rubin 1977) from k-means.</summary>
public sealed class GmmBatch(GmmBatchOptions options, ulong seed) : IBatchDetector<GmmBatch, GmmBatchOptions>
{
    private Gaussian[]? _components;
    private double[] _logWeights = [];
    private int _dimension;

    public static string Name => "gmm";

    public static string Summary => "Negative log-likelihood under a mixture of normal distributions.";

    public static GmmBatch Create(GmmBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        var clusters = new KMeans(options.Components, 1, seed);
        clusters.Fit(table);
        _dimension = dimension;
        _components = [.. Enumerable.Range(0, clusters.Count).Select(_ => new Gaussian(dimension))];
        _logWeights = new double[clusters.Count];
        var shares = new double[clusters.Count][];
        for (var k = 0; k < shares.Length; k++)
        {
            shares[k] = [.. clusters.Labels.Select(l => l == k ? 1.0 : 0)];
        }

        Maximize(table, shares);
        var last = double.NegativeInfinity;
        for (var round = 0; round < options.MaxRounds; round++)
        {
            var likelihood = Expect(table, shares);
            Maximize(table, shares);
            if (!(Math.Abs(likelihood - last) >= options.Tolerance))
            {
                break;
            }

            last = likelihood;
        }
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var logs = LogDensities(rows, scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = -LogLikelihood(logs, i);
        }
    }

    /// <summary>For each component the logarithm of its weighted density at each row.</summary>
    private double[][] LogDensities(ReadOnlySpan<double> rows, int count)
    {
        var logs = new double[Fitted.Of(_components).Length][];
        for (var k = 0; k < logs.Length; k++)
        {
            var (component, log) = (_components[k], logs[k] = new double[count]);
            component.SquaredDistances(rows, log);
            for (var i = 0; i < count; i++)
            {
                log[i] = _logWeights[k] - (0.5 * ((_dimension * Math.Log(2 * Math.PI)) + component.LogDeterminant + log[i]));
            }
        }

        return logs;
    }

    private static double LogLikelihood(double[][] logs, int row)
    {
        var max = double.NegativeInfinity;
        foreach (var log in logs)
        {
            max = Math.Max(max, log[row]);
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log[row] - max);
        }

        return Math.Max(max + Math.Log(sum), -double.MaxValue);
    }

    private double Expect(Table table, double[][] shares)
    {
        var logs = LogDensities(table.Values, table.Count);
        var total = 0.0;
        for (var i = 0; i < table.Count; i++)
        {
            var likelihood = LogLikelihood(logs, i);
            total += likelihood;
            for (var k = 0; k < shares.Length; k++)
            {
                shares[k][i] = Math.Exp(logs[k][i] - likelihood);
            }
        }

        return total / table.Count;
    }

    private void Maximize(Table table, double[][] shares)
    {
        for (var k = 0; k < shares.Length; k++)
        {
            var weight = shares[k].Sum();
            if (weight > 1e-9)
            {
                _components![k].FitWeighted(table, shares[k], options.Ridge);
                _components[k].Factor(options.Ridge);
            }

            _logWeights[k] = Math.Log(Math.Max(weight, 1e-300) / table.Count);
        }
    }
}
