using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="IsolationForestDetector"/>.</summary>
public sealed record IsolationForestOptions : DetectorOptions
{
    /// <summary>Samples in the window the forest is grown from, 16 to 16,384; default 2,048.</summary>
    [Range(16, 16_384)]
    public int Window { get; init; } = 2_048;

    /// <summary>Samples before the first forest, 16 to <see cref="Window"/>; default 128.</summary>
    [Range(16, 16_384)]
    public int WarmUp { get; init; } = 128;

    /// <summary>Trees, 1 to 1,000; default 50.</summary>
    [Range(1, 1_000)]
    public int Trees { get; init; } = 50;

    /// <summary>Samples a tree is grown from, 8 to 4,096; default 64.</summary>
    [Range(8, 4_096)]
    public int SampleSize { get; init; } = 64;

    /// <summary>Samples learned between two forests, 1 to 1,000,000; default 128.</summary>
    [Range(1, 1_000_000)]
    public int RetrainEvery { get; init; } = 128;

    /// <summary>The forest's own score that counts as 0.5, 0.4 to 0.95; default 0.62: the ordinary lies near 0.5, the paper draws the line of possible anomalies at 0.6.</summary>
    [Range(0.4, 0.95)]
    public double Half { get; init; } = 0.62;
}

/// <summary>Isolation forest (Liu, Ting, Zhou 2008) grown again from its window at fixed counts, seeded by series and count.</summary>
/// <remarks>
/// Beyond the range of its rows a forest cannot tell far from near. There the distance, in units of the range, takes the score the rest of the way to 1.
/// The state holds the rows the forest was grown from, not its trees: a loaded copy grows the same ones.
/// </remarks>
public sealed class IsolationForestDetector : IDetector<IsolationForestDetector, IsolationForestOptions>, IAdditiveDetector
{
    private readonly IsolationForestOptions _options;
    private readonly SeriesContext _context;
    private readonly SlidingWindow[] _windows;
    private readonly IsolationForest _forest;
    private readonly double[] _rows;
    private readonly double[] _column;
    private readonly int[] _scratch;
    private readonly double[] _lowest;
    private readonly double[] _highest;
    private readonly int _warmUp;
    private int _grownRows;
    private long _learned;
    private long _grownAt;

    private IsolationForestDetector(IsolationForestOptions options, SeriesContext context)
    {
        (_options, _context) = (options, context);
        _windows = [.. Enumerable.Range(0, context.Dimension).Select(_ => new SlidingWindow(options.Window))];
        _forest = new IsolationForest(options.Trees, options.SampleSize, context.Dimension);
        _rows = new double[options.Window * context.Dimension];
        _column = new double[options.Window];
        _scratch = new int[options.Window];
        (_lowest, _highest) = (new double[context.Dimension], new double[context.Dimension]);
        _warmUp = Math.Min(options.WarmUp, options.Window);
    }

    public static string Name => "isolation-forest";

    public static string Summary => "Random trees isolate the rare in few cuts; grown again from a sliding window at fixed counts.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.Additive;

    /// <summary>0.45 of the calibrated score: one observation in about 110. On NAB's files 0.5 misses a third more of the labelled windows.</summary>
    public static ProfileDefaults ProfileDefaults => new() { Threshold = 0.45, Calibrate = true, Features = ["value", "change", "local-mean"] };

    public bool IsWarm => _forest.IsFitted;

    public static IsolationForestDetector Create(IsolationForestOptions options, SeriesContext context) => new(options, context);

    public double Raw(in Sample sample)
    {
        if (!IsWarm)
        {
            return 0;
        }

        var (score, beyond) = (_forest.Score(sample.Values), Beyond(sample.Values));
        return beyond < double.MaxValue ? score + ((1 - score) * beyond / (1 + beyond)) : 1;
    }

    public double Score(in Sample sample) => Math.Pow(Raw(sample), Math.Log(0.5) / Math.Log(_options.Half));

    public void Learn(in Sample sample)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            _windows[i].Add(sample.Values[i]);
        }

        _learned++;
        if (_learned == _warmUp || (_learned > _warmUp && _learned - _grownAt >= _options.RetrainEvery))
        {
            _grownAt = _learned;
            CopyRows();
            Grow();
        }
    }

    public double Contribute(in Sample sample, Span<double> contributions) => ForestContribution.Of(_forest, _rows.AsSpan(0, _grownRows * _windows.Length), sample.Values, contributions);

    public bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = IsWarm ? Expectation.Around(_windows[feature].Mean, _windows[feature].StandardDeviation, 3) : default;
        return IsWarm;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.Write(_grownAt);
        writer.WriteArray<double>(_rows.AsSpan(0, _grownRows * _windows.Length));
        foreach (var window in _windows)
        {
            window.Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadInt64();
        _grownAt = reader.ReadInt64();
        var rows = reader.ReadArray<double>(_rows.Length);
        rows.CopyTo(_rows, 0);
        _grownRows = rows.Length / _windows.Length;
        foreach (var window in _windows)
        {
            window.Load(ref reader);
        }

        if (_grownRows > 0)
        {
            Grow();
        }
        else
        {
            _forest.Clear();
        }
    }

    /// <summary>Largest distance of a feature beyond the range of the forest's rows, in units of that range.</summary>
    private double Beyond(ReadOnlySpan<double> values)
    {
        var beyond = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var distance = Math.Max(values[i] - _highest[i], _lowest[i] - values[i]);
            var range = Math.Max(_highest[i] - _lowest[i], Math.Max(1e-9 * Math.Abs(_highest[i]), double.Epsilon * 1e9));
            beyond = Math.Max(beyond, distance / range);
        }

        return beyond;
    }

    private void CopyRows()
    {
        _grownRows = _windows[0].Count;
        for (var feature = 0; feature < _windows.Length; feature++)
        {
            _windows[feature].CopyTo(_column);
            for (var row = 0; row < _grownRows; row++)
            {
                _rows[(row * _windows.Length) + feature] = _column[row];
            }
        }
    }

    private void Grow()
    {
        for (var feature = 0; feature < _windows.Length; feature++)
        {
            var (lowest, highest) = (double.MaxValue, double.MinValue);
            for (var i = feature; i < _grownRows * _windows.Length; i += _windows.Length)
            {
                (lowest, highest) = (Math.Min(lowest, _rows[i]), Math.Max(highest, _rows[i]));
            }

            (_lowest[feature], _highest[feature]) = (lowest, highest);
        }

        var random = new SeededRandom(_context.Seed ^ ((ulong)_grownAt * 0x9E3779B97F4A7C15));
        _forest.Fit(_rows.AsSpan(0, _grownRows * _windows.Length), _scratch, ref random);
    }
}
