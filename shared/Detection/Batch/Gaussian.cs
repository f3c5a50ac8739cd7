namespace Tidewatch.Detection.Batch;

/// <summary>Mean and covariance of rows with the Cholesky factor that squared distances and densities need.</summary>
internal sealed class Gaussian(int dimension)
{
    private const int FewRows = 3;
    private readonly double[] _factor = new double[dimension * dimension];
    private readonly double[] _solved = new double[dimension];
    private readonly CovarianceSum _sum = new(dimension);
    private double[] _block = [];

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
            _sum.Add(table[members.IsEmpty ? k : members[k]], Mean, 1.0 / count, Covariance);
        }

        _sum.Complete(Covariance);
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

    /// <summary>Mean and covariance under <paramref name="weights"/>, one a row.</summary>
    public void FitWeighted(Table table, ReadOnlySpan<double> weights)
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
            if (weights[k] > 0)
            {
                _sum.Add(table[k], Mean, weights[k] / total, Covariance);
            }
        }

        _sum.Complete(Covariance);
    }

    /// <summary>Gives <paramref name="target"/>, a covariance or none, the given <paramref name="share"/> of this one, and adds <paramref name="ridge"/> to the diagonal.</summary>
    public void Regularize(ReadOnlySpan<double> target, double share, double ridge)
    {
        for (var i = 0; i < target.Length; i++)
        {
            Covariance[i] += share * (target[i] - Covariance[i]);
        }

        for (var i = 0; i < dimension; i++)
        {
            Covariance[(i * dimension) + i] += ridge;
        }
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

    /// <summary>Squared distances of row-major rows, a place each.</summary>
    public void SquaredDistances(ReadOnlySpan<double> rows, Span<double> distances)
    {
        var first = 0;
        for (; first + FewRows < distances.Length; first += SideBySide.Lanes)
        {
            var count = Math.Min(SideBySide.Lanes, distances.Length - first);
            for (var lane = 0; lane < count; lane++)
            {
                rows.Slice((first + lane) * dimension, dimension).CopyTo(_solved);
                for (var i = 0; i < dimension; i++)
                {
                    _solved[i] -= Mean[i];
                }

                SideBySide.Lay(_solved, Block(), lane);
            }

            SideBySide.Solve(_factor, dimension, dimension, Block());
            for (var lane = 0; lane < count; lane++)
            {
                distances[first + lane] = SquareOf(lane);
            }
        }

        for (; first < distances.Length; first++)
        {
            distances[first] = SquaredDistance(rows.Slice(first * dimension, dimension));
        }
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

    private double[] Block() => _block.Length > 0 ? _block : _block = new double[dimension * SideBySide.Lanes];

    private double SquareOf(int lane)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            var value = _block[(i * SideBySide.Lanes) + lane];
            sum += value * value;
        }

        return sum;
    }

    private bool TryFactor(double added, double relativeFloor)
    {
        LogDeterminant = 0;
        for (var first = 0; first < dimension; first += SideBySide.Lanes)
        {
            var count = Math.Min(SideBySide.Lanes, dimension - first);
            SolveLeft(first, count);
            for (var i = first; i < first + count; i++)
            {
                if (!TryFactorRow(i, first, added, relativeFloor))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Sixteen rows of the factor as far as the rows above them reach.</summary>
    private void SolveLeft(int first, int count)
    {
        if (first == 0)
        {
            return;
        }

        for (var lane = 0; lane < count; lane++)
        {
            SideBySide.Lay(Covariance.AsSpan((first + lane) * dimension, first), Block(), lane);
        }

        SideBySide.Solve(_factor, dimension, first, Block());
        for (var lane = 0; lane < count; lane++)
        {
            for (var j = 0; j < first; j++)
            {
                _factor[((first + lane) * dimension) + j] = _block[(j * SideBySide.Lanes) + lane];
            }
        }
    }

    private bool TryFactorRow(int i, int first, double added, double relativeFloor)
    {
        for (var j = first; j <= i; j++)
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

        return true;
    }
}
