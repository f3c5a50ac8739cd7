using Confluent.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Durable;

/// <summary>The snapshot topic as a map: where the newest record of each key lies. Manifests and configurations are kept, chunks are fetched when asked for.</summary>
internal sealed class SnapshotTopicReader(KafkaConnection connection, string topic) : IDisposable
{
    private const int Attempts = 20;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly TopicPartition _source = new(topic, 0);
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _kept = new(StringComparer.Ordinal);
    private readonly Lazy<IConsumer<string, byte[]>> _consumer = new(() => new ConsumerBuilder<string, byte[]>(connection.Apply(new ConsumerConfig
    {
        GroupId = "tidewatch-unused",
        EnableAutoCommit = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        FetchWaitMaxMs = 50,
    })).SetLogHandler(static (_, _) => { }).Build());

    private long _next;

    /// <summary>Takes in what was written since the last time.</summary>
    public void Refresh()
    {
        var bounds = Bounds();
        if (_next >= bounds.High.Value)
        {
            return;
        }

        _consumer.Value.Assign(new TopicPartitionOffset(_source, Math.Max(_next, bounds.Low.Value)));
        while (_next < bounds.High.Value)
        {
            var result = Next();
            _next = result.IsPartitionEOF ? result.Offset.Value : result.Offset.Value + 1;
            if (!result.IsPartitionEOF)
            {
                Take(result.Message, result.Offset.Value);
            }
        }

        _consumer.Value.Unassign();
    }

    /// <summary>The newest manifest or configuration under the key; null when there is none.</summary>
    public byte[]? Kept(string key) => _kept.GetValueOrDefault(key);

    public bool Has(string key) => _offsets.ContainsKey(key);

    /// <summary>The newest values of the keys, in their order; null at the first that is missing.</summary>
    public IReadOnlyList<byte[]>? Values(IEnumerable<string> keys)
    {
        var values = new List<byte[]>();
        var position = -1L;
        foreach (var key in keys)
        {
            if (!_offsets.TryGetValue(key, out var offset))
            {
                return null;
            }

            if (offset != position)
            {
                _consumer.Value.Assign(new TopicPartitionOffset(_source, offset));
            }

            var result = Next();
            if (result.IsPartitionEOF || result.Offset.Value != offset)
            {
                return null;
            }

            values.Add(result.Message.Value);
            position = offset + 1;
        }

        _consumer.Value.Unassign();
        return values;
    }

    public void Dispose()
    {
        if (_consumer.IsValueCreated)
        {
            _consumer.Value.Dispose();
        }
    }

    /// <summary>Asks again for a while: a topic that was just created has no leader yet.</summary>
    private WatermarkOffsets Bounds()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _consumer.Value.QueryWatermarkOffsets(_source, Timeout);
            }
            catch (KafkaException) when (attempt < Attempts)
            {
                Thread.Sleep(AskAgain);
            }
        }
    }

    private ConsumeResult<string, byte[]> Next() => _consumer.Value.Consume(Timeout) ?? throw new TimeoutException($"{topic} did not answer within {Timeout}");

    private void Take(Message<string, byte[]> message, long offset)
    {
        if (message.Value is null)
        {
            _offsets.Remove(message.Key);
            _kept.Remove(message.Key);
            return;
        }

        _offsets[message.Key] = offset;
        if (SnapshotTopicKeys.IsKept(message.Key))
        {
            _kept[message.Key] = message.Value;
        }
    }
}
