namespace Tidewatch.Detection.Batch;

/// <summary>Minimises 1/2 a'Ka with 0 &lt;= a &lt;= 1 and sum a = nu n, two variables at a time.</summary>
internal sealed class OneClassSolver(Table table, double gamma, double nu, double tolerance)
{
    private const double Tau = 1e-12;
    private readonly double[] _gradient = new double[table.Count];
    private readonly float[]?[] _kernel = new float[table.Count][];

    public double[] Alpha { get; } = new double[table.Count];

    /// <summary>Offset of the boundary: mean gradient of the free variables.</summary>
    public double Rho { get; private set; }

    public void Solve()
    {
        Start();
        for (var rounds = Math.Max(10_000_000, 100 * table.Count); rounds > 0 && Step(); rounds--)
        {
        }

        Rho = Offset();
    }

    private void Start()
    {
        var total = nu * table.Count;
        for (var i = 0; i < table.Count && total > 0; i++, total--)
        {
            Alpha[i] = Math.Min(1, total);
        }

        for (var j = 0; j < table.Count && Alpha[j] > 0; j++)
        {
            var row = Row(j);
            for (var i = 0; i < row.Length; i++)
            {
                _gradient[i] += Alpha[j] * row[i];
            }
        }
    }

    /// <summary>Moves weight from the variable with the steepest gradient that may shrink to the partner that gains most; false when optimal.</summary>
    private bool Step()
    {
        var (grow, least, steepest) = (-1, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < Alpha.Length; i++)
        {
            if (Alpha[i] < 1 && _gradient[i] < least)
            {
                (grow, least) = (i, _gradient[i]);
            }
        }

        if (grow < 0)
        {
            return false;
        }

        var growRow = Row(grow);
        var (shrink, bestGain) = (-1, 0.0);
        for (var j = 0; j < Alpha.Length; j++)
        {
            if (Alpha[j] <= 0)
            {
                continue;
            }

            steepest = Math.Max(steepest, _gradient[j]);
            var difference = _gradient[j] - least;
            if (difference > 0)
            {
                var gain = difference * difference / Math.Max(2 - (2 * growRow[j]), Tau);
                (shrink, bestGain) = gain > bestGain ? (j, gain) : (shrink, bestGain);
            }
        }

        if (shrink < 0 || steepest - least < tolerance)
        {
            return false;
        }

        var shrinkRow = Row(shrink);
        var step = (_gradient[shrink] - least) / Math.Max(2 - (2.0 * growRow[shrink]), Tau);
        step = Math.Min(step, Math.Min(1 - Alpha[grow], Alpha[shrink]));
        Alpha[grow] = step == 1 - Alpha[grow] ? 1 : Alpha[grow] + step;
        Alpha[shrink] = step == Alpha[shrink] ? 0 : Alpha[shrink] - step;
        for (var i = 0; i < _gradient.Length; i++)
        {
            _gradient[i] += step * (growRow[i] - (double)shrinkRow[i]);
        }

        return true;
    }

    private double Offset()
    {
        var (sum, free, upper, lower) = (0.0, 0, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < Alpha.Length; i++)
        {
            if (Alpha[i] >= 1)
            {
                lower = Math.Max(lower, _gradient[i]);
            }
            else if (Alpha[i] <= 0)
            {
                upper = Math.Min(upper, _gradient[i]);
            }
            else
            {
                sum += _gradient[i];
                free++;
            }
        }

        return free > 0 ? sum / free
            : double.IsInfinity(upper) ? lower
            : double.IsInfinity(lower) ? upper : (upper + lower) / 2;
    }

    private float[] Row(int index)
    {
        if (_kernel[index] is { } known)
        {
            return known;
        }

        var row = new float[table.Count];
        var values = table[index];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (float)Math.Exp(-gamma * Distance.Squared(values, table[i]));
        }

        return _kernel[index] = row;
    }
}
