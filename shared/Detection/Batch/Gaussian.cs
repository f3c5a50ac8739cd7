namespace Tidewatch.Detection.Batch;

/// <summary>Mean and covariance of rows with the Cholesky factor that squared distances and densities need.</summary>
internal sealed class Gaussian(int dimension)
{
    private readonly double[] _factor = new double[dimension * dimension];
    private readonly double[] _solved = new double[dimension];

    public int Dimension => dimension;

    public double[] Mean { get; } = new double[dimension];

    /// <summary>Row-major covariance.</summary>
    public double[] Covariance { get; } = new double[dimension * dimension];

    /// <summary>Natural logarithm of the determinant of what was factored.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Population mean and covariance of the rows numbered <paramref name="members"/>; none means all.</summary>
    public void Fit(Table table, ReadOnlySpan<int> members)
    {
        var count = members.IsEmpty ? table.Count : members.Length;
        Array.Clear(Mean);
        Array.Clear(Covariance);
        for (var k = 0; k < count; k++)
        {
            var row = table[members.IsEmpty ? k : members[k]];
            for (var i = 0; i < dimension; i++)
            {
                Mean[i] += row[i] / count;
            }
        }

        for (var k = 0; k < count; k++)
        {
            Accumulate(table[members.IsEmpty ? k : members[k]], 1.0 / count);
        }

        Mirror();
    }

    /// <summary>Diagonal of the covariance.</summary>
    public IEnumerable<double> Variances => Enumerable.Range(0, dimension).Select(i => Covariance[(i * dimension) + i]);

    /// <summary>Population mean and variances only.</summary>
    public void FitMoments(Table table)
    {
        Array.Clear(Mean);
        Array.Clear(Covariance);
        for (var column = 0; column < dimension; column++)
        {
            var values = table.Column(column);
            var mean = values.Average();
            Mean[column] = mean;
            Covariance[(column * dimension) + column] = values.Average(v => (v - mean) * (v - mean));
        }
    }

    /// <summary>Mean and covariance under <paramref name="weights"/>, one a row, with <paramref name="ridge"/> added to the diagonal.</summary>
    public void FitWeighted(Table table, ReadOnlySpan<double> weights, double ridge)
    {
        var total = 0.0;
        Array.Clear(Mean);
        Array.Clear(Covariance);
        for (var k = 0; k < table.Count; k++)
        {
            var row = table[k];
            total += weights[k];
            for (var i = 0; i < dimension; i++)
            {
                Mean[i] += weights[k] * row[i];
            }
        }

        foreach (ref var mean in Mean.AsSpan())
        {
            mean /= total;
        }

        for (var k = 0; k < table.Count; k++)
        {
            Accumulate(table[k], weights[k] / total);
        }

        for (var i = 0; i < dimension; i++)
        {
            Covariance[(i * dimension) + i] += ridge;
        }

        Mirror();
    }

    /// <summary>Factors the covariance; directions without variance get <paramref name="ridge"/> times the mean variance (at least a tiny positive number).</summary>
    /// <returns>Whether the covariance could be factored as it is.</returns>
    public bool Factor(double ridge)
    {
        var trace = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            trace += Covariance[(i * dimension) + i];
        }

        var scale = trace / dimension;
        if (TryFactor(0, 1e-12))
        {
            return true;
        }

        for (var added = Math.Max(ridge, 1e-12); added < 1e6; added *= 100)
        {
            if (TryFactor(Math.Max(added * scale, 1e-300), 0))
            {
                return false;
            }
        }

        Array.Clear(_factor);
        for (var i = 0; i < dimension; i++)
        {
            _factor[(i * dimension) + i] = 1;
        }

        LogDeterminant = 0;
        return false;
    }

    public double SquaredDistance(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            var value = row[i] - Mean[i];
            for (var j = 0; j < i; j++)
            {
                value -= _factor[(i * dimension) + j] * _solved[j];
            }

            _solved[i] = value / _factor[(i * dimension) + i];
            sum += _solved[i] * _solved[i];
        }

        return sum;
    }

    /// <summary>What each value adds to the squared distance: its own deviation times the inverse covariance's product with all of them.</summary>
    public void Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        SquaredDistance(row);
        for (var i = dimension - 1; i >= 0; i--)
        {
            var value = _solved[i];
            for (var j = i + 1; j < dimension; j++)
            {
                value -= _factor[(j * dimension) + i] * contributions[j];
            }

            contributions[i] = value / _factor[(i * dimension) + i];
        }

        for (var i = 0; i < dimension; i++)
        {
            contributions[i] *= row[i] - Mean[i];
        }
    }

    private void Accumulate(ReadOnlySpan<double> row, double weight)
    {
        for (var i = 0; i < dimension; i++)
        {
            var difference = (row[i] - Mean[i]) * weight;
            for (var j = 0; j <= i; j++)
            {
                Covariance[(i * dimension) + j] += difference * (row[j] - Mean[j]);
            }
        }
    }

    private void Mirror()
    {
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Covariance[(j * dimension) + i] = Covariance[(i * dimension) + j];
            }
        }
    }

    private bool TryFactor(double added, double relativeFloor)
    {
        LogDeterminant = 0;
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = Covariance[(i * dimension) + j] + (i == j ? added : 0);
                var original = sum;
                for (var k = 0; k < j; k++)
                {
                    sum -= _factor[(i * dimension) + k] * _factor[(j * dimension) + k];
                }

                if (i != j)
                {
                    _factor[(i * dimension) + j] = sum / _factor[(j * dimension) + j];
                }
                else if (sum > relativeFloor * original && double.IsFinite(sum))
                {
                    _factor[(i * dimension) + i] = Math.Sqrt(sum);
                    LogDeterminant += Math.Log(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }
}
