using Confluent.Kafka;

namespace Tidewatch.Kafka.Consuming;

/// <summary>Offsets of batches that were handled and are not committed yet, oldest first.</summary>
internal sealed class HandledBatches
{
    private readonly Queue<TopicPartitionOffset[]> _batches = new();

    public void Add(IReadOnlyList<ReceivedRecord> batch) =>
        _batches.Enqueue([.. batch.GroupBy(r => new TopicPartition(r.Topic, r.Partition)).Select(g => new TopicPartitionOffset(g.Key, g.Max(r => r.Offset) + 1))]);

    /// <summary>The offsets to commit when the newest <paramref name="unsettled"/> batches must stay.</summary>
    public List<TopicPartitionOffset> Take(int unsettled)
    {
        var offsets = new Dictionary<TopicPartition, TopicPartitionOffset>();
        while (_batches.Count > unsettled)
        {
            foreach (var offset in _batches.Dequeue())
            {
                offsets[offset.TopicPartition] = offset;
            }
        }

        return [.. offsets.Values];
    }

    /// <summary>Forgets partitions that another member has now: their records come again there.</summary>
    public void Drop(IReadOnlyCollection<TopicPartition> partitions)
    {
        for (var left = _batches.Count; left > 0; left--)
        {
            _batches.Enqueue([.. _batches.Dequeue().Where(o => !partitions.Contains(o.TopicPartition))]);
        }
    }
}
