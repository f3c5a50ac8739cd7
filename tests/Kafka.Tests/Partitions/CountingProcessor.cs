using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>Counts records by key and raises an alert for each that carries the count, so that a record applied twice or not at all shows.</summary>
internal sealed class CountingProcessor(InputPartition partition, InputTopic topic, CountingProcessor.Faults faults) : IPartitionProcessor
{
    public const string Boom = "boom";
    public const string Bad = "bad";

    /// <summary>Ends the process, as a stack overflow would: no handler sees it.</summary>
    public const string Deadly = "deadly";

    /// <summary>The same, but only in a replay.</summary>
    public const string DeadlyInReplay = "deadly in replay";
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _undo = new(StringComparer.Ordinal);

    public int EngineVersion => 1;

    public int SeriesCount => _counts.Count;

    public ulong ConfigHash => 7;

    public string Settings => "7";

    public bool IsCold { get; set; }

    public void Apply(in InputRecord record, IPartitionOutput output)
    {
        if (output.IsLive && faults.LostAt.Remove((partition, record.Offset)))
        {
            throw new SessionLostException("the test ends the session here");
        }

        Thread.Sleep(faults.Slowness);
        faults.Silent += output.IsLive ? 0 : 1;
        var (key, value) = (Encoding.UTF8.GetString(record.Key), Encoding.UTF8.GetString(record.Value));
        if (value.StartsWith(Bad, StringComparison.Ordinal))
        {
            output.Reject("decode", RejectCode.MalformedJson, "not an observation");
            return;
        }

        if (string.Equals(value, Deadly, StringComparison.Ordinal) || (!output.IsLive && string.Equals(value, DeadlyInReplay, StringComparison.Ordinal)))
        {
            Environment.FailFast("a record ends the process");
        }

        var count = _counts.GetValueOrDefault(key);
        _undo.TryAdd(key, count);
        _counts[key] = count + 1;
        if (string.Equals(value, Boom, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("this record cannot be applied");
        }

        output.Emit(new Alert
        {
            Id = AlertIdentity.Id(topic.TopicId, partition.Number, record.Offset, "count", 0),
            Key = key,
            State = AlertState.Opened,
            Series = key,
            Domain = "hosts",
            Detector = "count",
            Time = DateTimeOffset.UnixEpoch,
            OpenedAt = DateTimeOffset.UnixEpoch,
            Value = count + 1,
            Score = 1,
            Threshold = 0.5,
            Severity = Severity.Mild,
            Direction = Direction.Spike,
            Reason = value,
            Source = new SourcePosition(partition.Topic, partition.Number, record.Offset),
            ColdStart = IsCold,
        });
    }

    public void Configure(string settings) => throw new NotSupportedException("there are no others");

    public void Begin() => _undo.Clear();

    public void Commit() => _undo.Clear();

    public void Rollback()
    {
        foreach (var (key, count) in _undo)
        {
            if (count == 0)
            {
                _counts.Remove(key);
            }
            else
            {
                _counts[key] = count;
            }
        }

        _undo.Clear();
    }

    public ulong StateHash() => XxHash3.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(_counts));

    /// <summary>Every segment is a whole state.</summary>
    public SegmentExtent Save(IBufferWriter<byte> writer, in SegmentRequest request)
    {
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(_counts));
        var all = new SeriesSet();
        Enumerable.Range(0, SeriesCount).ToList().ForEach(all.Add);
        return new SegmentExtent(request.Known, all);
    }

    public void Load(IReadOnlyList<StateSegment> segments)
    {
        _counts.Clear();
        foreach (var (key, count) in JsonSerializer.Deserialize<Dictionary<string, long>>(segments[^1].Bytes.Span)!)
        {
            _counts[key] = count;
        }
    }

    /// <summary>What goes wrong, and what was seen.</summary>
    internal sealed class Faults
    {
        /// <summary>Records at which the session is lost, once each.</summary>
        public HashSet<(InputPartition Partition, long Offset)> LostAt { get; } = [];

        /// <summary>Time that each record takes.</summary>
        public TimeSpan Slowness { get; init; }

        /// <summary>Records applied in silence.</summary>
        public int Silent { get; set; }
    }
}
