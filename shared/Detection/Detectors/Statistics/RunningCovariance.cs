using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Inverse of an exponentially weighted second-moment matrix of standardised samples, begun as a plain average.</summary>
internal sealed class RunningCovariance
{
    private const double Ridge = 1e-3;
    private const double Clip = 10;
    private readonly int _size;
    private readonly double _rate;
    private readonly double[] _inverse;
    private readonly double[] _product;
    private readonly double[] _clipped;
    private long _count;

    public RunningCovariance(int size, double rate)
    {
        (_size, _rate, _inverse, _product, _clipped) = (size, rate, new double[size * size], new double[size], new double[size]);
        Restart();
    }

    /// <summary>Takes a sample; values beyond 10 deviations teach only as much as 10.</summary>
    public void Add(ReadOnlySpan<double> sample)
    {
        _count++;
        for (var i = 0; i < _size; i++)
        {
            _clipped[i] = Math.Clamp(sample[i], -Clip, Clip);
        }

        var rate = Math.Max(_rate, 1.0 / (_count + 1));
        var keep = 1 - rate;
        var norm = (keep / rate) + SquaredDistance(_clipped);
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = (_inverse[(i * _size) + j] - (_product[i] * _product[j] / norm)) / keep;
                _inverse[(i * _size) + j] = value;
                _inverse[(j * _size) + i] = value;
            }
        }

        for (var i = 0; i < _size; i++)
        {
            if (!(_inverse[(i * _size) + i] is > 0 and < 1 / Ridge / Ridge))
            {
                Restart();
            }
        }
    }

    public double SquaredDistance(ReadOnlySpan<double> sample)
    {
        var total = 0.0;
        for (var i = 0; i < _size; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _size; j++)
            {
                sum += _inverse[(i * _size) + j] * sample[j];
            }

            _product[i] = sum;
            total += sum * sample[i];
        }

        return Math.Max(0, total);
    }

    /// <summary>What each value adds to the squared distance.</summary>
    public void Contribute(ReadOnlySpan<double> sample, Span<double> contributions)
    {
        SquaredDistance(sample);
        for (var i = 0; i < _size; i++)
        {
            contributions[i] = _product[i] * sample[i];
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_count);
        writer.WriteArray<double>(_inverse);
    }

    public void Load(ref StateReader reader)
    {
        _count = reader.ReadCount();
        reader.ReadArray(_inverse.AsSpan());
    }

    /// <summary>A direction that no sample visits would make the inverse grow without bound: begin as independent features.</summary>
    private void Restart()
    {
        Array.Clear(_inverse);
        for (var i = 0; i < _size; i++)
        {
            _inverse[(i * _size) + i] = 1;
        }
    }
}
