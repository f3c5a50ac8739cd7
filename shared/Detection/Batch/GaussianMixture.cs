namespace Tidewatch.Detection.Batch;

/// <summary>Weighted normal distributions with full covariances.</summary>
/// <param name="dimension">Values of a row.</param>
/// <param name="ridge">Added to each variance.</param>
/// <param name="shrinkage">Rows' worth of the common covariance mixed into each component's own.</param>
/// <param name="fewestRows">Rows below which a component, but for the largest, is given up.</param>
internal sealed class GaussianMixture(int dimension, double ridge, double shrinkage, double fewestRows)
{
    private Gaussian[] _components = [];
    private double[] _logWeights = [];

    /// <summary>Expectation and maximisation from a component for each of the <paramref name="labels"/> that are used, until a round gains less than <paramref name="tolerance"/>.</summary>
    /// <returns>Mean log-likelihood of a row before the last maximisation.</returns>
    public double Fit(Table table, int[] labels, double tolerance, int maxRounds)
    {
        double[][] shares = [.. labels.Distinct().Order().Select(k => labels.Select(l => l == k ? 1.0 : 0).ToArray())];
        _components = [.. shares.Select(_ => new Gaussian(dimension))];
        _logWeights = new double[shares.Length];
        Maximize(table, shares);
        var last = double.NegativeInfinity;
        for (var round = 0; round < maxRounds; round++)
        {
            var likelihood = Expect(table, shares);
            Maximize(table, shares);
            var gain = Math.Abs(likelihood - last);
            last = likelihood;
            if (!(gain >= tolerance))
            {
                break;
            }
        }

        return last;
    }

    /// <summary>Negative log-likelihood of each row.</summary>
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
        var logs = new double[_components.Length][];
        for (var k = 0; k < _components.Length; k++)
        {
            var (component, log) = (_components[k], logs[k] = new double[count]);
            if (double.IsNegativeInfinity(_logWeights[k]))
            {
                Array.Fill(log, double.NegativeInfinity);
                continue;
            }

            component.SquaredDistances(rows, log);
            for (var i = 0; i < count; i++)
            {
                log[i] = _logWeights[k] - (0.5 * ((dimension * Math.Log(2 * Math.PI)) + component.LogDeterminant + log[i]));
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
            for (var k = 0; k < _components.Length; k++)
            {
                shares[k][i] = Math.Exp(logs[k][i] - likelihood);
            }
        }

        return total / table.Count;
    }

    private void Maximize(Table table, double[][] shares)
    {
        double[] rows = [.. shares.Select(s => s.Sum())];
        var common = shrinkage > 0 ? new double[dimension * dimension] : [];
        var largest = rows.Max();
        for (var k = 0; k < _components.Length; k++)
        {
            rows[k] = rows[k] < Math.Min(fewestRows, largest) ? 0 : rows[k];
            _logWeights[k] = Math.Log(rows[k] / table.Count);
            if (rows[k] > 0)
            {
                _components[k].FitWeighted(table, shares[k]);
                for (var i = 0; i < common.Length; i++)
                {
                    common[i] += rows[k] / table.Count * _components[k].Covariance[i];
                }
            }
        }

        for (var k = 0; k < _components.Length; k++)
        {
            if (rows[k] > 0)
            {
                _components[k].Regularize(common, shrinkage / (shrinkage + rows[k]), ridge);
                _components[k].Factor(ridge);
            }
        }
    }
}
