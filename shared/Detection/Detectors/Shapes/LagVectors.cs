using Tidewatch.Detection.Batch;

namespace Tidewatch.Detection.Detectors.Shapes;

/// <summary>Lag vectors in the metric of the inverse of their own Gram matrix: each is kept as the solution of C z = v, where C is the matrix's Cholesky factor, so that distances are Euclidean.</summary>
internal sealed class LagVectors(int capacity, int lags)
{
    private const double Singular = 1e-12;
    private readonly double[] _vectors = new double[capacity * lags];
    private readonly double[] _solved = new double[capacity * lags];
    private readonly double[] _next = new double[lags * lags];
    private readonly double[] _query = new double[lags];
    private int _place;

    public int Count { get; private set; }

    /// <summary>Row-major lower factor of the metric.</summary>
    public double[] Factor { get; } = new double[lags * lags];

    /// <summary>Forgets the vectors and takes the Euclidean metric.</summary>
    public void Clear()
    {
        (Count, _place) = (0, 0);
        Array.Clear(Factor);
        for (var i = 0; i < lags; i++)
        {
            Factor[(i * lags) + i] = 1;
        }
    }

    /// <summary>Takes a vector in; of more than the capacity the oldest goes.</summary>
    public void Add(ReadOnlySpan<double> vector)
    {
        vector.CopyTo(_vectors.AsSpan(_place * lags));
        Solve(vector, _solved.AsSpan(_place * lags, lags));
        Count = Math.Min(Count + 1, capacity);
        _place = _place + 1 == capacity ? 0 : _place + 1;
    }

    /// <summary>Takes the metric from the present vectors; one that does not span all directions leaves the metric as it is.</summary>
    public void Renew()
    {
        Array.Clear(_next);
        for (var k = 0; k < Count; k++)
        {
            var vector = _vectors.AsSpan(k * lags, lags);
            for (var i = 0; i < lags; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    _next[(i * lags) + j] += vector[i] * vector[j];
                }
            }
        }

        if (TryFactor())
        {
            _next.CopyTo(Factor, 0);
            for (var k = 0; k < Count; k++)
            {
                Solve(_vectors.AsSpan(k * lags, lags), _solved.AsSpan(k * lags, lags));
            }
        }
    }

    /// <summary>Sum of the squared distances of <paramref name="vector"/> to its nearest ones, as many as <paramref name="nearest"/> has places; one at no distance may be itself.</summary>
    public double SumOfNearest(ReadOnlySpan<double> vector, Span<double> nearest)
    {
        Solve(vector, _query);
        nearest.Fill(double.MaxValue);
        for (var k = 0; k < Count; k++)
        {
            var distance = Distance.Squared(_query, _solved.AsSpan(k * lags, lags));
            for (var i = nearest.Length - 1; i >= 0 && distance < nearest[i]; i--)
            {
                if (i < nearest.Length - 1)
                {
                    nearest[i + 1] = nearest[i];
                }

                nearest[i] = distance;
            }
        }

        var sum = 0.0;
        foreach (var distance in nearest)
        {
            sum += distance < double.MaxValue ? distance : 0;
        }

        return Math.Min(sum, double.MaxValue);
    }

    private bool TryFactor()
    {
        for (var j = 0; j < lags; j++)
        {
            var whole = _next[(j * lags) + j];
            var pivot = whole;
            for (var k = 0; k < j; k++)
            {
                pivot -= _next[(j * lags) + k] * _next[(j * lags) + k];
            }

            if (!(pivot > Singular * whole) || !double.IsFinite(pivot))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            _next[(j * lags) + j] = root;
            for (var i = j + 1; i < lags; i++)
            {
                var sum = _next[(i * lags) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= _next[(i * lags) + k] * _next[(j * lags) + k];
                }

                _next[(i * lags) + j] = sum / root;
            }
        }

        return true;
    }

    private void Solve(ReadOnlySpan<double> vector, Span<double> solved)
    {
        for (var i = 0; i < lags; i++)
        {
            var sum = vector[i];
            for (var k = 0; k < i; k++)
            {
                sum -= Factor[(i * lags) + k] * solved[k];
            }

            solved[i] = sum / Factor[(i * lags) + i];
        }
    }
}
