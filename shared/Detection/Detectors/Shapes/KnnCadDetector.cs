using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Shapes;

/// <summary>Options of <see cref="KnnCadDetector"/>; defaults of the authors' entry in the Numenta benchmark but for the probation, which is there 15 % of a file.</summary>
public sealed record KnnCadOptions : DetectorOptions
{
    /// <summary>Values of a lag vector, 2 to 64; default 19.</summary>
    [Range(2, 64)]
    public int Lags { get; init; } = 19;

    /// <summary>Nearest training vectors whose distances are summed, 1 to 200; default 27.</summary>
    [Range(1, 200)]
    public int Neighbors { get; init; } = 27;

    /// <summary>Vectors in the training set and in the calibration set, 64 to 4,096; default 500.</summary>
    [Range(64, 4_096)]
    public int Probation { get; init; } = 500;

    /// <summary>Share of calibration vectors that are less strange at which the score is 0.5, 0.5 to 0.9999; default 0.9965, the authors' alarm.</summary>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.9965;
}

/// <summary>KNN-CAD (Burnaev, Ishimtsev 2016): strangeness of the newest lag vector, the sum of its squared distances to the nearest training vectors, ranked among the calibration vectors' strangeness.</summary>
/// <remarks>Calibration vectors become training vectors as they age, with the strangeness they had when they were new. The metric is the inverse of the training vectors' Gram matrix, taken anew every half probation.</remarks>
public sealed class KnnCadDetector : StreamDetector, IDetector<KnnCadDetector, KnnCadOptions>
{
    private const double Limit = 1e60;
    private const double Highest = 0.7;
    private readonly KnnCadOptions _options;
    private readonly LagVectors _training;
    private readonly double[] _values;
    private readonly double[] _strangeness;
    private readonly double[] _nearest;
    private readonly double[] _lags;
    private long _learned;
    private double _scoredValue = double.NaN;
    private double _scored;

    private KnnCadDetector(KnnCadOptions options)
    {
        var size = Math.Max(1, options.Probation - options.Lags);
        _options = options;
        _training = new LagVectors(size, options.Lags);
        _training.Clear();
        _values = new double[2 * options.Probation];
        _strangeness = new double[size];
        (_nearest, _lags) = (new double[options.Neighbors + 1], new double[options.Lags]);
    }

    public static string Name => "knn-cad";

    public static string Summary => "Distance of the newest lag vector to its nearest earlier ones, ranked against a calibration set (conformal).";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _learned >= _options.Probation;

    public static KnnCadDetector Create(KnnCadOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        var number = _learned + 1;
        _values[(int)(_learned % _values.Length)] = Math.Clamp(sample.Value, -Limit, Limit);
        if (number >= _options.Probation)
        {
            LearnStrangeness(number, sample.Value);
        }
        else if (number >= _options.Lags)
        {
            _training.Add(Lags(number));
        }

        _learned = number;
        _scoredValue = double.NaN;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.WriteArray<double>(_values.AsSpan(0, (int)Math.Min(_learned, _values.Length)));
        writer.WriteArray<double>(_strangeness);
        writer.WriteArray<double>(_training.Factor);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadCount();
        reader.ReadArray(_values.AsSpan(0, (int)Math.Min(_learned, _values.Length)));
        reader.ReadArray(_strangeness.AsSpan());
        _training.Clear();
        reader.ReadArray(_training.Factor.AsSpan());
        if (Array.Exists(_values, v => !(Math.Abs(v) <= Limit)) || Array.Exists(_strangeness, v => !(v >= 0)))
        {
            throw new StateFormatException("a value of the window was never learned");
        }

        var last = _learned < 2L * _options.Probation ? Math.Min(_learned, _options.Probation - 1) : _learned - _options.Probation;
        for (var number = Math.Max(_options.Lags, last - _strangeness.Length + 1); number <= last; number++)
        {
            _training.Add(Lags(number));
        }

        _scoredValue = double.NaN;
    }

    /// <summary>Share of the calibration vectors that are less strange; beyond all of them, how many times stranger it is.</summary>
    protected override double Statistic(in Sample sample)
    {
        var strangeness = Strangeness(sample.Value);
        var (less, most) = (0, 0.0);
        foreach (var other in _strangeness)
        {
            less += other < strangeness ? 1 : 0;
            most = Math.Max(most, other);
        }

        return less < _strangeness.Length ? (double)less / _strangeness.Length : Math.Clamp(strangeness / Spread.Of(most, 0), 1, double.MaxValue);
    }

    /// <summary>0.5 at the confidence, on to 1 as a vector is stranger than all others.</summary>
    protected override double Map(double raw) =>
        raw < 1 ? Math.Min(Highest, Math.Pow(raw, Math.Log(0.5) / Math.Log(_options.Confidence))) : Highest + ((1 - Highest) * (1 - (1 / raw)));

    private void LearnStrangeness(long number, double value)
    {
        if (number % _options.Probation == 0 || number % _options.Probation == _options.Probation / 2)
        {
            _training.Renew();
            _scoredValue = double.NaN;
        }

        for (var first = _options.Lags; number == _options.Probation && first < number; first++)
        {
            _strangeness[first - _options.Lags] = _training.SumOfNearest(Lags(first), _nearest);
        }

        var strangeness = Strangeness(value);
        if (number >= 2L * _options.Probation)
        {
            _training.Add(Lags(number - _options.Probation));
        }

        _strangeness[(int)((number - _options.Probation) % _strangeness.Length)] = strangeness;
    }

    /// <summary>The lag vector that ends with the value of this number, counted from 1; it must still be in the ring.</summary>
    private ReadOnlySpan<double> Lags(long number)
    {
        for (var i = 0; i < _lags.Length; i++)
        {
            _lags[i] = _values[(int)((number - _lags.Length + i) % _values.Length)];
        }

        return _lags;
    }

    private double Strangeness(double value)
    {
        if (value != _scoredValue)
        {
            for (var i = 0; i < _lags.Length - 1; i++)
            {
                _lags[i] = _values[(int)((_learned + 1 - _lags.Length + i) % _values.Length)];
            }

            _lags[^1] = Math.Clamp(value, -Limit, Limit);
            (_scoredValue, _scored) = (value, _training.SumOfNearest(_lags, _nearest.AsSpan(0, _options.Neighbors)));
        }

        return _scored;
    }
}
