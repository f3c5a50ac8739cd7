using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>An input log with a clock around polling and around each record given to the loop.</summary>
internal sealed class TimedInput(IInputLog inner, LoopTimes times) : IInputLog
{
    public IInputLog Inner => inner;

    public IConsumerGroupMetadata? GroupMetadata => inner.GroupMetadata;

    public void Poll(TimeSpan timeout, IInputHandler handler)
    {
        using var _ = times.Measure(LoopPart.Poll);
        inner.Poll(timeout, new Handler(handler, times));
    }

    public long? Committed(InputPartition partition) => inner.Committed(partition);

    public (long Start, long End) Bounds(InputPartition partition) => inner.Bounds(partition);

    public Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions) => inner.BoundsAsync(partitions);

    public RecordStamp? StampAt(InputPartition partition, long offset) => inner.StampAt(partition, offset);

    public InputTopic Describe(string topic) => inner.Describe(topic);

    public void Seek(InputPartition partition, long offset) => inner.Seek(partition, offset);

    public void Pause(InputPartition partition) => inner.Pause(partition);

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets) => inner.Commit(offsets);

    public void Close(IInputHandler handler) => inner.Close(handler);

    public void Dispose() => inner.Dispose();

    private sealed class Handler(IInputHandler inner, LoopTimes times) : IInputHandler
    {
        public long? OnAssigned(InputPartition partition) => inner.OnAssigned(partition);

        public void OnRevoked(IReadOnlyList<InputPartition> partitions) => inner.OnRevoked(partitions);

        public void OnLost(IReadOnlyList<InputPartition> partitions) => inner.OnLost(partitions);

        public void OnRecord(InputPartition partition, in InputRecord record)
        {
            using var _ = times.Measure(LoopPart.Apply);
            inner.OnRecord(partition, record);
        }

        public void OnEnd(InputPartition partition, long position) => inner.OnEnd(partition, position);
    }
}
