using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Kernels;

/// <summary>Random Fourier features (Rahimi, Recht 2007): the dot product of two points' features is about the Gaussian kernel exp(-gamma |x - y|²).</summary>
public sealed class RandomFourierFeatures
{
    private readonly double[] _directions;
    private readonly double[] _phases;
    private readonly int _dimension;

    /// <param name="count">Features; the error falls with its root.</param>
    /// <param name="dimension">Values of a point.</param>
    /// <param name="gamma">Width of the kernel.</param>
    /// <param name="seed">Seed of the directions.</param>
    public RandomFourierFeatures(int count, int dimension, double gamma, ulong seed)
    {
        var random = new SeededRandom(seed);
        (_directions, _phases, _dimension) = (new double[count * dimension], new double[count], dimension);
        for (var i = 0; i < count; i++)
        {
            _phases[i] = 2 * Math.PI * random.NextDouble();
            for (var k = 0; k < dimension; k++)
            {
                _directions[(i * dimension) + k] = Math.Sqrt(2 * gamma) * random.NextNormal();
            }
        }
    }

    public int Count => _phases.Length;

    /// <summary>Writes the features of <paramref name="point"/>.</summary>
    public void Map(ReadOnlySpan<double> point, Span<double> features)
    {
        var scale = Math.Sqrt(2.0 / Count);
        for (var i = 0; i < features.Length; i++)
        {
            var angle = _phases[i];
            for (var k = 0; k < _dimension; k++)
            {
                angle += _directions[(i * _dimension) + k] * point[k];
            }

            features[i] = scale * Math.Cos(angle);
        }
    }
}
