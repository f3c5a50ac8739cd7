using System.Buffers;
using System.IO.Hashing;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine;

/// <summary>The detection state of one input partition: decode, validate, look up the series, observe, emit.</summary>
/// <remarks>Single-threaded and a pure function of its records: no clock, no randomness but the series' own. An ordinary observation allocates nothing.</remarks>
public sealed class SeriesEngine(EngineScope scope, EngineRules rules, IEngineObserver? observer = null) : IPartitionProcessor
{
    private EngineRules _rules = rules;
    private readonly ObservationFrame _frame = new();
    private readonly double[] _values = new double[ObservationCodec.MaxFeatures];
    private readonly AlertFactory _alerts = new(scope);
    private readonly UndoLog _undo = new();
    private readonly StateHasher _hasher = new();
    private SeriesTable _series = new();
    private Cohorts _cohorts = new();

    /// <summary>The stamp of what concerns the partition as a whole: its counters, and which series there are.</summary>
    private long _stamp;
    private EngineCounters _counters;

    public int EngineVersion => EngineState.Version;

    public int SeriesCount => _series.Count;

    public ulong ConfigHash => _rules.ConfigHash;

    public string Settings => _rules.Text;

    /// <summary>What was seen since the state began.</summary>
    public EngineCounters Counters => _counters;

    /// <summary>Marks alerts while the state was begun anew after a loss.</summary>
    public bool IsCold { get; set; }

    public void Apply(in InputRecord record, IPartitionOutput output)
    {
        var counters = _counters;
        Take(record, output);
        if (record.Offset < _stamp)
        {
            _counters = counters;
        }
    }

    private void Take(in InputRecord record, IPartitionOutput output)
    {
        if (!ObservationCodec.TryDecode(record.Value, _frame, out var error))
        {
            if (_frame.IsCorrection)
            {
                Correct(record, output);
            }
            else
            {
                Reject(output, "decode", error.Code, error.Message);
            }
        }
        else if (record.TimestampMs >= 0 && _frame.TimeMs - record.TimestampMs > _rules.MaxFutureMs)
        {
            Reject(output, "validate", RejectCode.FutureTime,
                $"time {Instant(_frame.TimeMs)} is more than {TimeSpan.FromMilliseconds(_rules.MaxFutureMs)} after {Instant(record.TimestampMs)}, when the record was written: check the producer's clock");
        }
        else if ((_series.Find(_frame.Series) ?? Make(record.Offset, output)) is { } series && record.Offset >= series.Stamp && Arrange(series, output, out var values) && IsNew(series, output))
        {
            Observe(series, values, record, output);
        }
    }

    public void Configure(string settings) => Configure(new EngineRules(SettingsText.Read(settings)));

    /// <summary>The same with rules that are made already.</summary>
    public void Configure(EngineRules rules)
    {
        _rules = rules;
        for (var i = 0; i < _series.Count; i++)
        {
            _series[i].Configure(rules);
        }

        Gather();
        _hasher.Reset(_series);
    }

    public void Begin() => _undo.Begin(_counters, _series.Count);

    public void Commit()
    {
        _undo.Drop();
        observer?.Committed();
    }

    public void Rollback()
    {
        (_counters, var count) = _undo.Restore();
        for (var made = count; made < _series.Count; made++)
        {
            _cohorts.Remove(_series[made]);
        }

        _series.Truncate(count);
        _hasher.Reset(_series);
        observer?.RolledBack();
    }

    public ulong StateHash() => _hasher.Hash(_counters);

    public SegmentExtent Save(IBufferWriter<byte> writer, in SegmentRequest request) => EngineState.Save(writer, _counters, _series, request);

    public void Load(IReadOnlyList<StateSegment> segments)
    {
        (_counters, _series) = EngineState.Load(segments, _rules);
        _stamp = segments[^1].Stamp;
        _undo.Drop();
        _hasher.Reset(_series);
        Gather();
    }

    private void Gather()
    {
        _cohorts = new Cohorts();
        for (var i = 0; i < _series.Count; i++)
        {
            _cohorts.Add(_series[i]);
        }
    }

    /// <summary>A new series. Below the partition's stamp there is none: the record was rejected when it was live.</summary>
    private SeriesState? Make(long offset, IPartitionOutput output)
    {
        if (offset < _stamp)
        {
            return null;
        }

        if (_series.Count >= _rules.MaxSeries)
        {
            Reject(output, "validate", RejectCode.TooManySeries,
                $"series is not among the {_rules.MaxSeries} that this partition holds: raise Detector:MaxSeries or use fewer series ids");
            return null;
        }

        var features = _frame.HasFeatures ? FeatureOrder.Of(_frame) : null;
        if (_frame.HasFeatures && features is null)
        {
            Reject(output, "validate", RejectCode.MalformedJson, "a feature is given twice: name each once");
            return null;
        }

        var series = EngineState.Make(_frame.Series.ToArray(), features, _rules);
        _series.Add(series);
        _cohorts.Add(series);
        _undo.Made(series);
        _hasher.Add(series);
        return series;
    }

    private bool Arrange(SeriesState series, IPartitionOutput output, out ReadOnlySpan<double> values)
    {
        values = _frame.Values;
        if (series.Features is { } order)
        {
            values = _values.AsSpan(0, order.Count);
            if (order.TryArrange(_frame, _values))
            {
                return true;
            }
        }
        else if (!_frame.HasFeatures)
        {
            return true;
        }

        var known = series.Features is { } names ? string.Join(", ", names.Names) : "one value";
        Reject(output, "validate", RejectCode.FeaturesChanged, $"series {series.Name} began with {known}: send the same, or name another series");
        return false;
    }

    private bool IsNew(SeriesState series, IPartitionOutput output)
    {
        if (_frame.TimeMs > series.LastTimeMs)
        {
            return true;
        }

        var same = _frame.TimeMs == series.LastTimeMs;
        _counters = same ? _counters with { Duplicates = _counters.Duplicates + 1 } : _counters with { OutOfOrder = _counters.OutOfOrder + 1 };
        if (output.IsLive)
        {
            observer?.Rejected(same ? RejectCode.Duplicate : RejectCode.OutOfOrder);
        }

        return false;
    }

    private void Observe(SeriesState series, ReadOnlySpan<double> values, in InputRecord record, IPartitionOutput output)
    {
        _undo.Keep(series);
        _hasher.Touch(series);
        if (series is { LastTimeMs: < 0, Profile.Cohort: not CohortRule.None })
        {
            _cohorts.Prime(series, values, _frame.TimeMs);
        }

        series.ChangedAt = record.Offset;
        series.LastTimeMs = _frame.TimeMs;
        var verdict = series.Pipeline.Observe(values, _frame.TimeMs, explains: output.IsLive);
        _counters = _counters with { Scored = _counters.Scored + 1 };
        if (output.IsLive)
        {
            observer?.Scored(record.TimestampMs);
        }

        if (verdict.Transition != AlertTransition.None)
        {
            _counters = _counters with { Alerts = _counters.Alerts + 1 };
            if (output.IsLive)
            {
                output.Emit(_alerts.Create(series, verdict, values, _frame, record.Value, record.Offset, IsCold));
                observer?.Alerted((Severity)verdict.Worst);
            }
        }

        if (_rules.ScoreIntervalMs is { } interval && (series.LastScoreMs < 0 || _frame.TimeMs - series.LastScoreMs >= interval))
        {
            series.LastScoreMs = _frame.TimeMs;
            if (output.IsLive)
            {
                output.Emit(Point(series, verdict, values));
            }
        }
    }

    private void Correct(in InputRecord record, IPartitionOutput output)
    {
        if (!CorrectionCodec.TryDecode(record.Value, _frame, out var correction, out var error))
        {
            Reject(output, "decode", error.Code, error.Message);
        }
        else if (_series.Find(_frame.Series) is not { } series)
        {
            Reject(output, "validate", RejectCode.UnknownSeries,
                $"{correction!.Feedback} is said of series {correction.Series}, of which there is no observation: check its id, and write with it as key to the topic of its observations");
        }
        else if (record.Offset >= series.Stamp)
        {
            Correct(series, correction!, record.Offset, output);
        }
    }

    private void Correct(SeriesState series, Correction correction, long offset, IPartitionOutput output)
    {
        if (_frame.TimeMs > series.LastTimeMs)
        {
            Reject(output, "validate", RejectCode.BadTime,
                $"{correction.Feedback} is said of {Instant(_frame.TimeMs)}, after the newest observation of series {series.Name} at {Instant(series.LastTimeMs)}: give the time of the judged observation");
            return;
        }

        _undo.Keep(series);
        _hasher.Touch(series);
        series.ChangedAt = offset;
        series.Pipeline.Correct(correction.Score, _frame.TimeMs, correction.Feedback != Feedback.FalseAlarm);
        _counters = _counters with { Corrected = _counters.Corrected + 1 };
        if (output.IsLive)
        {
            observer?.Corrected(correction.Feedback);
        }
    }

    private ScorePoint Point(SeriesState series, in Verdict verdict, ReadOnlySpan<double> values) => new()
    {
        Series = series.Name,
        Domain = scope.Domain,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(_frame.TimeMs),
        Value = values[verdict.Feature],
        Feature = series.Features?.Names[verdict.Feature],
        Score = verdict.Score,
        Severity = (Severity)verdict.Level,
        Expected = verdict.HasExpectation ? AlertFactory.Range(verdict.Expectation) : null,
    };

    private void Reject(IPartitionOutput output, string stage, string code, string message)
    {
        _counters = _counters with { Rejected = _counters.Rejected + 1 };
        output.Reject(stage, code, message);
        if (output.IsLive)
        {
            observer?.Rejected(code);
        }
    }

    private static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
