using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>A partition is asked for its chain and its committed offset one after the other: what is committed in between must not look like a break.</summary>
public sealed class TakeoverTests
{
    private static readonly InputPartition Partition = new("t", 0);

    [Fact]
    public void Take_CommitBetweenTheTwoQuestions_AsksAgain()
    {
        var (task, start, refusal) = Take(new Chain(25, 62), committed: 62);

        refusal.ShouldBeNull();
        (task!.Committed, start).ShouldBe((62, 0));
    }

    [Fact]
    public void Take_ChainThatStaysBehind_IsRefused() => Take(new Chain(25, 25), committed: 62).Refusal!.Reason.ShouldBe(RefusalReason.AuditBreak);

    private static (PartitionTask? Task, long Start, Refusal? Refusal) Take(Chain chain, long committed)
    {
        using var meters = new Meters();
        var restorer = new PartitionRestorer(
            new LoopOptions { Group = "g", InstanceId = "i", Topics = ["t"] }, chain, new SnapshotTiers([], new LoopMetrics(meters), NullLogger.Instance),
            settings: null, (partition, topic) => new CountingProcessor(partition, topic, new CountingProcessor.Faults()), TimeProvider.System, NullLogger.Instance);
        using var log = new Log(committed);
        return restorer.Take(Partition, log);
    }

    /// <summary>Ends at one offset when it is asked first, at another from then on.</summary>
    private sealed class Chain(long first, long then) : IProgressLog
    {
        private long _to = first;

        public ProgressRecord Last(InputPartition partition)
        {
            var link = new ProgressRecord
            {
                Topic = "t", TopicId = "id", Partition = 0, PartitionCount = 1, From = 0, To = _to, Records = 1, Alerts = 0, AlertIdsXor = 0, Rejected = 0,
                ConfigHash = 7, EngineVersion = 1, Owner = "i",
            };
            _to = then;
            return link;
        }
    }

    private sealed class Log(long committed) : IInputLog
    {
        public IConsumerGroupMetadata? GroupMetadata => null;

        public long? Committed(InputPartition partition) => committed;

        public (long Start, long End) Bounds(InputPartition partition) => (0, 100);

        public RecordStamp? StampAt(InputPartition partition, long offset) => null;

        public InputTopic Describe(string topic) => new("c", "id", 1, IsCompacted: false);

        public void Poll(TimeSpan timeout, IInputHandler handler) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions) => throw new NotSupportedException();

        public void Seek(InputPartition partition, long offset) => throw new NotSupportedException();

        public void Pause(InputPartition partition) => throw new NotSupportedException();

        public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets) => throw new NotSupportedException();

        public void Close(IInputHandler handler) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is open.
        }
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            _meters.Add(new Meter(options));
            return _meters[^1];
        }

        public void Dispose() => _meters.ForEach(m => m.Dispose());
    }
}
