using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Detection.State;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>A small processor whose state depends on every record and their order: a running hash and sum a series, and for the partition the number of records. Every fifth state or so alerts; some records correct a series without being one of its count, some are rejected, some make it throw, some end the process, always or in silence. Settings decide which states alert; of a change, every other series keeps its count alone.</summary>
public sealed class CountingProcessor(string topicId, int partition, Sabotage sabotage, Func<long> wallClock, ulong settings) : IPartitionProcessor
{
    private ulong _settings = settings;
    private readonly Dictionary<string, (ulong Hash, long Count)> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ulong Hash, long Count)?> _before = new(StringComparer.Ordinal);
    private readonly SeriesStamps _stamps = new();
    private long _records;
    private long _recordsBefore;
    private bool _isOpen;

    public int EngineVersion => 1;

    public int SeriesCount => _series.Count;

    public ulong ConfigHash { get; private set; } = settings;

    public string Settings => ModelSettings.Text(ConfigHash);

    public bool IsCold { get; set; }

    /// <summary>Emits what replay must not, when that is the sabotage.</summary>
    public Action<Alert>? Leak { get; init; }

    public void Apply(in InputRecord record, IPartitionOutput output)
    {
        _records += record.Offset >= _stamps.Partition || sabotage == Sabotage.IgnoreStamps ? 1 : 0;
        var text = Encoding.UTF8.GetString(record.Value);
        if (text.StartsWith('!'))
        {
            output.Reject("decode", RejectCode.MalformedJson, "marked as bad");
            return;
        }

        var series = Encoding.UTF8.GetString(record.Key);
        if (sabotage != Sabotage.IgnoreStamps && record.Offset < _stamps.Of(series))
        {
            return;
        }

        if (text.StartsWith('^'))
        {
            Correct(series, text, record.Offset, output);
            return;
        }

        Keep(series);
        _stamps.Changed(series, record.Offset);
        var state = _series.GetValueOrDefault(series);
        var clock = sabotage == Sabotage.WallClock ? wallClock() / 50 : 0;
        state = (Mix(state.Hash, text, clock + (long)_settings), state.Count + 1);
        _series[series] = state;
        if (text.StartsWith('#') || (text.StartsWith('~') && !output.IsLive))
        {
            throw new CrashException();
        }

        if (text.StartsWith('?'))
        {
            throw new InvalidOperationException("poison, after the state was touched");
        }

        if (state.Hash % 5 == 0)
        {
            Emit(series, record, output, sabotage == Sabotage.DictionaryOrder ? InOrderOfInsertion() : 0);
        }
    }

    public void Configure(string settings)
    {
        ConfigHash = ModelSettings.Hash(settings);
        if (sabotage == Sabotage.ForgetConfig)
        {
            return;
        }

        _settings = ConfigHash;
        foreach (var series in _series.Keys.Where(s => s[1] % 2 == 0).ToList())
        {
            _series[series] = (0, _series[series].Count);
        }
    }

    public void Begin() => (_isOpen, _recordsBefore) = (true, _records);

    public void Commit()
    {
        _isOpen = false;
        _before.Clear();
    }

    public void Rollback()
    {
        foreach (var (series, state) in sabotage == Sabotage.SkipRestore ? [] : _before)
        {
            if (state is { } there)
            {
                _series[series] = there;
            }
            else
            {
                _series.Remove(series);
                _stamps.Forget(series);
            }
        }

        _records = _recordsBefore;
        Commit();
    }

    public ulong StateHash() => _series.Aggregate((ulong)_records, (sum, s) => sum + XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{s.Key} {s.Value}")));

    public SegmentExtent Save(IBufferWriter<byte> writer, in SegmentRequest request)
    {
        var chosen = _stamps.Choose(request, out var extent);
        var state = new StateWriter();
        state.Write(_records);
        state.Write(chosen.Count);
        foreach (var series in chosen)
        {
            state.WriteArray<byte>(Encoding.UTF8.GetBytes(series));
            state.Write(_series[series].Hash);
            state.Write(_series[series].Count);
        }

        writer.Write(state.Written);
        return extent;
    }

    public void Load(IReadOnlyList<StateSegment> segments)
    {
        _series.Clear();
        _before.Clear();
        _stamps.Clear();
        foreach (var (stamp, bytes) in segments)
        {
            var reader = new StateReader(bytes.Span);
            _records = reader.ReadInt64();
            for (var left = reader.ReadInt32(0, 1_000); left > 0; left--)
            {
                var series = Encoding.UTF8.GetString(reader.ReadArray<byte>(100));
                _series[series] = (reader.ReadUInt64(), reader.ReadInt64());
                _stamps.Loaded(series, stamp);
            }

            _stamps.Partition = stamp;
        }
    }

    private static ulong Mix(ulong hash, string text, long clock)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, hash);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], clock);
        return XxHash64.HashToUInt64([.. bytes, .. Encoding.UTF8.GetBytes(text)]);
    }

    private void Correct(string series, string text, long offset, IPartitionOutput output)
    {
        if (!_series.TryGetValue(series, out var state))
        {
            output.Reject("validate", RejectCode.UnknownSeries, "a correction of a series that is not there");
            return;
        }

        if (sabotage == Sabotage.ForgetCorrections && !output.IsLive)
        {
            return;
        }

        Keep(series);
        _stamps.Changed(series, offset);
        _series[series] = state with { Hash = Mix(state.Hash, text, (long)_settings) };
    }

    private void Keep(string series)
    {
        if (_isOpen && !_before.ContainsKey(series))
        {
            _before[series] = _series.TryGetValue(series, out var state) ? state : null;
        }
    }

    private long InOrderOfInsertion() => _series.Aggregate(17L, (sum, s) => unchecked((sum * 31) + s.Value.Count + s.Key.Length));

    private void Emit(string series, in InputRecord record, IPartitionOutput output, long ordinal)
    {
        var alert = new Alert
        {
            Id = AlertIdentity.Id(topicId, partition, record.Offset, "counting", (int)ordinal),
            Key = series,
            State = AlertState.Opened,
            Series = series,
            Domain = "model",
            Detector = "counting",
            Time = DateTimeOffset.UnixEpoch,
            OpenedAt = DateTimeOffset.UnixEpoch,
            Value = 0,
            Score = 1,
            Threshold = 1,
            Severity = Severity.Mild,
            Direction = Direction.None,
            Reason = "counted",
            Source = new SourcePosition(World.Topic, partition, record.Offset),
        };
        output.Emit(alert);
        if (!output.IsLive && sabotage == Sabotage.EmitDuringReplay)
        {
            Leak?.Invoke(alert);
        }
    }
}
