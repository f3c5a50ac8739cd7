using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Every weight of a network in one array, with its gradient beside it, and Adam (Kingma, Ba 2015) to move them.</summary>
public sealed class Parameters
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private readonly List<double> _initial = [];
    private double[] _first = [];
    private double[] _second = [];
    private int _steps;

    /// <summary>The weights, once <see cref="Seal"/> was called.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>d loss / d weight, summed since the last step.</summary>
    public double[] Gradients { get; private set; } = [];

    /// <summary>Adds a <paramref name="rows"/> x <paramref name="columns"/> matrix with Glorot's uniform start (2010), and a bias of zeros.</summary>
    public AffineBlock Affine(int rows, int columns, ref SeededRandom random)
    {
        var block = new AffineBlock(_initial.Count, rows, columns);
        var limit = Math.Sqrt(6.0 / (rows + columns));
        for (var i = 0; i < rows * columns; i++)
        {
            _initial.Add(limit * ((2 * random.NextDouble()) - 1));
        }

        _initial.AddRange(new double[rows]);
        return block;
    }

    /// <summary>Ends building: lays out the arrays.</summary>
    public void Seal()
    {
        Values = [.. _initial];
        Gradients = new double[Values.Length];
        _first = new double[Values.Length];
        _second = new double[Values.Length];
        _initial.Clear();
    }

    /// <summary>One Adam step of every weight along the mean of the gradients of <paramref name="samples"/> samples, then zeros the gradients.</summary>
    public void Step(double rate, int samples) => Step(rate, samples, 0, Values.Length);

    /// <summary>The same for the weights in [<paramref name="from"/>, <paramref name="to"/>) alone; the others stay, and every gradient is zeroed.</summary>
    public void Step(double rate, int samples, int from, int to)
    {
        _steps++;
        var scale = 1.0 / samples;
        var correct1 = 1 - Math.Pow(Beta1, _steps);
        var correct2 = 1 - Math.Pow(Beta2, _steps);
        for (var i = from; i < to; i++)
        {
            var gradient = Gradients[i] * scale;
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient * gradient);
            Values[i] -= rate * (_first[i] / correct1) / (Math.Sqrt(_second[i] / correct2) + Epsilon);
        }

        Array.Clear(Gradients);
    }
}

/// <summary>Where a matrix and its bias lie among the weights: row-major, the bias behind it.</summary>
/// <param name="Start">First weight.</param>
/// <param name="Rows">Outputs.</param>
/// <param name="Columns">Inputs.</param>
public readonly record struct AffineBlock(int Start, int Rows, int Columns)
{
    public int Bias => Start + (Rows * Columns);
}
