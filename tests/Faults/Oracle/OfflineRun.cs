using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Faults.Oracle;

/// <summary>What the input causes by itself: the same engine over one partition's records, in one go, without Kafka, Redis or faults.</summary>
internal sealed class OfflineRun : IPartitionOutput
{
    private readonly List<(long Offset, string Id, string Content)> _alerts = [];
    private readonly HashSet<long> _letters = [];
    private readonly Dictionary<long, ulong> _hashes = [];
    private long _offset;

    /// <param name="scope">The partition.</param>
    /// <param name="rules">The settings.</param>
    /// <param name="records">Its records in order.</param>
    /// <param name="hashAt">Offsets after which, exclusive, the state's hash is wanted.</param>
    public OfflineRun(EngineScope scope, EngineRules rules, IEnumerable<ConsumeResult<byte[], byte[]>> records, IReadOnlySet<long> hashAt)
    {
        var engine = new SeriesEngine(scope, rules);
        foreach (var record in records)
        {
            _offset = record.Offset.Value;
            engine.Apply(new InputRecord(_offset, record.Message.Timestamp.UnixTimestampMs, record.Message.Key, record.Message.Value), this);
            if (hashAt.Contains(_offset + 1))
            {
                _hashes[_offset + 1] = engine.StateHash();
            }
        }
    }

    /// <summary>The alerts with the offset of the record that caused each.</summary>
    public IReadOnlyList<(long Offset, string Id, string Content)> Alerts => _alerts;

    /// <summary>Offsets of the records that are dead letters.</summary>
    public IReadOnlySet<long> Letters => _letters;

    /// <summary>The state's hash by the offset it stands before.</summary>
    public IReadOnlyDictionary<long, ulong> Hashes => _hashes;

    public bool IsLive => true;

    /// <summary>Value and headers as one text.</summary>
    public static string Content(byte[] value, IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        $"{Encoding.UTF8.GetString(value)} {string.Join(' ', headers.Select(h => $"{h.Key}={Encoding.UTF8.GetString(h.Value)}"))}";

    public void Emit(Alert alert) => _alerts.Add((_offset, alert.Id, Content(AlertCodec.Encode(alert), AlertCodec.Headers(alert))));

    public void Emit(ScorePoint point)
    {
        // Score points are no part of the promise.
    }

    public void Reject(string stage, string code, string message) => _letters.Add(_offset);
}
