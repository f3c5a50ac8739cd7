using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Retrained;

/// <summary>A batch model on a stream: fitted to a sliding window at fixed counts, scores in units of the fitted samples' own.</summary>
/// <remarks>The state holds the window and the rows last fitted, not the model: a loaded copy fits the same one. Values are limited to 1e60 in size.</remarks>
public sealed class RetrainedDetector<TModel, TModelOptions>
    : StreamDetector, IAdditiveDetector, IReferencedDetector, IDetector<RetrainedDetector<TModel, TModelOptions>, RetrainedOptions<TModelOptions>>
    where TModel : IBatchDetector<TModel, TModelOptions>
    where TModelOptions : DetectorOptions, new()
{
    private const double Limit = 1e60;
    private readonly RetrainedOptions<TModelOptions> _options;
    private readonly SeriesContext _context;
    private readonly double[] _ring;
    private readonly double[] _row;
    private readonly double[] _score = new double[1];
    private readonly double[] _lowest;
    private readonly double[] _highest;
    private double[] _fitted = [];
    private TModel? _model;
    private double _median;
    private double _unit = 1;
    private long _learned;
    private long _fittedAt;

    private RetrainedDetector(RetrainedOptions<TModelOptions> options, SeriesContext context)
    {
        (_options, _context) = (options, context);
        (_ring, _row) = (new double[options.Window * context.Dimension], new double[context.Dimension]);
        (_lowest, _highest) = (new double[context.Dimension], new double[context.Dimension]);
    }

#pragma warning disable CA1000 // The catalogue asks a detector type for these.
    public static string Name => TModel.Name;

    public static string Summary => TModel.Summary;

    public static DetectorTraits Traits => DetectorTraits.Multivariate | (typeof(TModel).IsAssignableTo(typeof(IAdditiveBatch)) ? DetectorTraits.Additive : DetectorTraits.None);

    public override bool IsWarm => _model is not null;

    protected override double Half => _options.Width;

    public static RetrainedDetector<TModel, TModelOptions> Create(RetrainedOptions<TModelOptions> options, SeriesContext context) => new(options, context);
#pragma warning restore CA1000

    public override void Learn(in Sample sample)
    {
        Fill(sample.Values);
        _row.CopyTo(_ring, (int)(_learned % _options.Window) * _row.Length);
        _learned++;
        var warmUp = Math.Min(_options.WarmUp, _options.Window);
        if (_learned == warmUp || (_learned > warmUp && _learned - _fittedAt >= _options.RetrainEvery))
        {
            _fittedAt = _learned;
            _fitted = Ordered();
            Fit();
        }
    }

    public bool IsAdditive => _model is IAdditiveBatch;

    public double Contribute(in Sample sample, Span<double> contributions)
    {
        Fill(sample.Values);
        var baseline = ((IAdditiveBatch)_model!).Contribute(_row, contributions);
        var beyond = new double[_row.Length];
        if (TModel.Saturates)
        {
            LargestShare.Of([.. Enumerable.Range(0, _row.Length).Select(BeyondOf)], beyond);
        }

        for (var i = 0; i < _row.Length; i++)
        {
            contributions[i] = (contributions[i] / _unit) + (_options.Width * beyond[i]);
        }

        return (baseline - _median) / _unit;
    }

    /// <summary>The median over the rows last fitted.</summary>
    public double ReferenceOf(int feature) => Column.Median(_fitted, _row.Length, feature);

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.Write(_fittedAt);
        writer.WriteArray<double>(_fitted);
        writer.WriteArray<double>(_ring.AsSpan(0, (int)Math.Min(_learned, _options.Window) * _row.Length));
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadInt64();
        _fittedAt = reader.ReadInt64();
        _fitted = reader.ReadArray<double>(_ring.Length);
        if (_learned < 0 || _fittedAt < 0 || _fittedAt > _learned || _fitted.Length % _row.Length != 0)
        {
            throw new StateFormatException("a window of these counts cannot be");
        }

        var ring = _ring.AsSpan(0, (int)Math.Min(_learned, _options.Window) * _row.Length);
        reader.ReadArray(ring);
        if (Array.Exists(_fitted, IsOutside) || Array.Exists(_ring[..ring.Length], IsOutside))
        {
            throw new StateFormatException("a value of the window was never learned");
        }

        _model = default;
        if (_fitted.Length > 0)
        {
            Fit();
        }
    }

    protected override double Statistic(in Sample sample)
    {
        Fill(sample.Values);
        _model!.Score(_row, _score);
        var statistic = (_score[0] - _median) / _unit;
        return TModel.Saturates ? Math.Max(0, statistic) + (_options.Width * Beyond()) : statistic;
    }

    private static bool IsOutside(double value) => !(Math.Abs(value) <= Limit);

    /// <summary>Largest distance of a feature beyond the fitted rows, in units of their range.</summary>
    private double Beyond()
    {
        var beyond = 0.0;
        for (var i = 0; i < _row.Length; i++)
        {
            beyond = Math.Max(beyond, BeyondOf(i));
        }

        return beyond;
    }

    private double BeyondOf(int feature)
    {
        var distance = Math.Max(_row[feature] - _highest[feature], _lowest[feature] - _row[feature]);
        return distance > 0 ? distance / Spread.Of(_highest[feature] - _lowest[feature], _highest[feature]) : 0;
    }

    private void FindRange()
    {
        Array.Fill(_lowest, double.MaxValue);
        Array.Fill(_highest, double.MinValue);
        for (var i = 0; i < _fitted.Length; i++)
        {
            ref var lowest = ref _lowest[i % _row.Length];
            ref var highest = ref _highest[i % _row.Length];
            (lowest, highest) = (Math.Min(lowest, _fitted[i]), Math.Max(highest, _fitted[i]));
        }
    }

    private void Fill(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _row.Length; i++)
        {
            _row[i] = Math.Clamp(values[i], -Limit, Limit);
        }
    }

    private double[] Ordered()
    {
        if (_learned <= _options.Window)
        {
            return _ring[..((int)_learned * _row.Length)];
        }

        var start = (int)(_learned % _options.Window) * _row.Length;
        return [.. _ring[start..], .. _ring[..start]];
    }

    private void Fit()
    {
        var model = TModel.Create(_options.Model, _context.Seed ^ ((ulong)_fittedAt * 0x9E3779B97F4A7C15));
        var scores = new double[_fitted.Length / _row.Length];
        model.FitScore(_fitted, _row.Length, scores);
        Array.Sort(scores);
        _median = scores[scores.Length / 2];
        _unit = Spread.Of(scores[(int)(0.99 * (scores.Length - 1))] - _median, _median);
        _model = model;
        FindRange();
    }
}
