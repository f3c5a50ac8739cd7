using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>An output log with a clock around what the loop waits for.</summary>
internal sealed class TimedOutput(IOutputLog inner, LoopTimes times) : IOutputLog
{
    public void Initialize() => inner.Initialize();

    public void Begin() => inner.Begin();

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers)
    {
        using var _ = times.Measure(LoopPart.Produce);
        inner.Produce(topic, key, value, headers);
    }

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        using var _ = times.Measure(LoopPart.Commit);
        inner.Commit(offsets, ((TimedInput)input).Inner);
    }

    public void Abort() => inner.Abort();

    public void Dispose() => inner.Dispose();
}
