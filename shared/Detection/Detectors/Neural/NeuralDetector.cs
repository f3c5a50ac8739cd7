using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Base of the small networks: keeps windows, trains off the hot path at recorded counts, scores by error over usual error.</summary>
/// <remarks>Twice the usual error (the training windows' 99th percentile) scores 0.5. The seed of each training follows from series and count.</remarks>
public abstract class NeuralDetector : StreamDetector, IReferencedDetector
{
    private readonly NeuralOptions _options;
    private readonly SeriesContext _context;
    private readonly SlidingWindow? _lags;
    private readonly double[] _rows;
    private readonly double[] _window;
    private readonly double[] _scratch;
    private readonly int _length;
    private long _learned;
    private long _rowCount;
    private long _trainedAt;
    private long _switchAt;
    private double[]? _pendingRows;
    private Task<TrainedNetwork>? _pending;
    private TrainedNetwork? _active;

    protected NeuralDetector(NeuralOptions options, SeriesContext context)
    {
        (_options, _context) = (options, context);
        _length = context.Dimension == 1 ? options.Length : context.Dimension;
        _lags = context.Dimension == 1 ? new SlidingWindow(options.Length - 1) : null;
        _rows = new double[options.TrainingWindows * _length];
        _window = new double[_length];
        _scratch = new double[_length];
    }

    public override bool IsWarm => _active is not null;

    protected override double Half => 2;

    /// <summary>The centre of the windows last trained on.</summary>
    public double ReferenceOf(int feature) => _active!.Center[_context.Dimension == 1 ? _length - 1 : feature];

    public override void Learn(in Sample sample)
    {
        _learned++;
        if (_lags is null || _lags.IsFull)
        {
            Fill(sample);
            _window.CopyTo(_rows, (int)(_rowCount % _options.TrainingWindows) * _length);
            _rowCount++;
        }

        _lags?.Add(sample.Value);
        if (_pending is not null && _learned >= _switchAt)
        {
            _active = _pending.GetAwaiter().GetResult();
            (_pending, _pendingRows) = (null, null);
        }

        if (_pending is null && _rowCount >= _options.TrainingWindows && (_active is null || _learned - _trainedAt >= _options.RetrainEvery))
        {
            (_trainedAt, _switchAt) = (_learned, _learned + _options.SwitchAfter);
            StartTraining([.. _rows]);
        }
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        writer.Write(_rowCount);
        writer.Write(_trainedAt);
        writer.Write(_switchAt);
        _lags?.Save(writer);
        writer.WriteArray<double>(_rows);
        writer.WriteArray<double>(_pendingRows ?? []);
        writer.Write(_active is not null);
        if (_active is not null)
        {
            _active.Network.Save(writer);
            writer.WriteArray<double>(_active.Center);
            writer.WriteArray<double>(_active.Scale);
            writer.Write(_active.UsualError);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadInt64();
        _rowCount = reader.ReadInt64();
        _trainedAt = reader.ReadInt64();
        _switchAt = reader.ReadInt64();
        if (_rowCount < 0)
        {
            throw new StateFormatException($"{_rowCount} rows");
        }

        _lags?.Load(ref reader);
        reader.ReadArray<double>(_rows.AsSpan());
        var pending = reader.ReadArray<double>(_rows.Length);
        if (pending.Length != 0 && pending.Length != _rows.Length)
        {
            throw new StateFormatException($"{pending.Length} training values, not {_rows.Length}");
        }

        (_active, _pending, _pendingRows) = (null, null, null);
        if (reader.ReadBool())
        {
            _active = LoadActive(ref reader);
        }

        if (pending.Length > 0)
        {
            StartTraining(pending);
        }
    }

    /// <summary>A network of windows of <paramref name="length"/> with weights drawn from <paramref name="random"/>.</summary>
    protected abstract WindowNetwork Build(int length, ref SeededRandom random);

    protected override double Statistic(in Sample sample)
    {
        Fill(sample);
        return _active!.Ratio(_window, _scratch);
    }

    private TrainedNetwork LoadActive(ref StateReader reader)
    {
        var network = Build();
        network.Load(ref reader);
        var (center, scale) = (new double[_length], new double[_length]);
        reader.ReadArray<double>(center.AsSpan());
        reader.ReadArray<double>(scale.AsSpan());
        return new TrainedNetwork(network, center, scale, reader.ReadDouble());
    }

    private void StartTraining(double[] rows)
    {
        _pendingRows = rows;
        var seed = _context.Seed ^ ((ulong)_trainedAt * 0x9E3779B97F4A7C15);
        _pending = Task.Run(() => TrainedNetwork.Train(Build(), rows, _length, _options, seed));
    }

    private WindowNetwork Build()
    {
        var random = new SeededRandom(_context.Seed);
        return Build(_length, ref random);
    }

    /// <summary>The window that ends in <paramref name="sample"/>, oldest first; places before the first value are filled with the sample.</summary>
    private void Fill(in Sample sample)
    {
        if (_lags is null)
        {
            sample.Values.CopyTo(_window);
            return;
        }

        for (var i = 0; i < _length - 1; i++)
        {
            var age = _length - 2 - i;
            _window[i] = age < _lags.Count ? _lags[age] : sample.Value;
        }

        _window[^1] = sample.Value;
    }
}
