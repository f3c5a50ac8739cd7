using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Linear regression updated one sample at a time with exponential forgetting (Haykin 1996, table 9.1).</summary>
public sealed class RecursiveLeastSquares
{
    private const double InitialVariance = 100;
    private const double TraceLimit = 1e9;
    private readonly int _size;
    private readonly double _forgetting;
    private readonly double[] _inverse;
    private readonly double[] _gain;

    /// <param name="size">Inputs, at least 1.</param>
    /// <param name="forgetting">Weight kept per step by the past, in (0, 1].</param>
    public RecursiveLeastSquares(int size, double forgetting)
    {
        (_size, _forgetting, _inverse, _gain, Weights) = (size, forgetting, new double[size * size], new double[size], new double[size]);
        Restart();
    }

    public double[] Weights { get; }

    public double Predict(ReadOnlySpan<double> inputs)
    {
        var sum = 0.0;
        for (var i = 0; i < inputs.Length; i++)
        {
            sum += Weights[i] * inputs[i];
        }

        return sum;
    }

    /// <summary>Takes a sample whose forecast was off by <paramref name="error"/>.</summary>
    public void Update(ReadOnlySpan<double> inputs, double error)
    {
        var norm = _forgetting;
        for (var i = 0; i < _size; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _size; j++)
            {
                sum += _inverse[(i * _size) + j] * inputs[j];
            }

            _gain[i] = sum;
            norm += inputs[i] * sum;
        }

        var trace = 0.0;
        for (var i = 0; i < _size; i++)
        {
            Weights[i] += _gain[i] / norm * error;
            for (var j = 0; j <= i; j++)
            {
                var value = (_inverse[(i * _size) + j] - (_gain[i] * _gain[j] / norm)) / _forgetting;
                _inverse[(i * _size) + j] = value;
                _inverse[(j * _size) + i] = value;
            }

            trace += _inverse[(i * _size) + i];
        }

        if (!(trace < TraceLimit * _size && trace > 0))
        {
            RestartInverse();
        }

        if (!Array.TrueForAll(Weights, double.IsFinite))
        {
            Restart();
        }
    }

    public void Save(StateWriter writer)
    {
        writer.WriteArray<double>(Weights);
        writer.WriteArray<double>(_inverse);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadArray(Weights.AsSpan());
        reader.ReadArray(_inverse.AsSpan());
    }

    private void Restart()
    {
        Array.Clear(Weights);
        RestartInverse();
    }

    /// <summary>Forgetting makes directions that no input visits grow without bound: begin their uncertainty anew.</summary>
    private void RestartInverse()
    {
        Array.Clear(_inverse);
        for (var i = 0; i < _size; i++)
        {
            _inverse[(i * _size) + i] = InitialVariance;
        }
    }
}
