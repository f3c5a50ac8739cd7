using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>The reading edge on the model: rebalances are noticed at a poll, however late.</summary>
public sealed class ModelInputLog(World world, Member member) : IInputLog
{
    private const int MaxRecords = 6;
    private readonly Dictionary<InputPartition, long> _positions = [];
    private readonly Dictionary<InputPartition, int> _epochs = [];
    private readonly HashSet<InputPartition> _paused = [];
    private readonly List<InputPartition> _owned = [];
    private bool _hasJoined;

    /// <summary>The generation this member believes in.</summary>
    public int Generation { get; private set; } = -1;

    public IConsumerGroupMetadata? GroupMetadata => null;

    public void Poll(TimeSpan timeout, IInputHandler handler)
    {
        world.Scheduler.Point(member);
        Rebalance(handler);
        for (var left = 1 + world.Scheduler.Next(MaxRecords); left > 0; left--)
        {
            var ready = _owned.Where(p => !_paused.Contains(p)).ToList();
            if (ready.Count == 0)
            {
                break;
            }

            Deliver(ready[world.Scheduler.Next(ready.Count)], handler);
        }
    }

    public long? Committed(InputPartition partition)
    {
        world.Scheduler.Point(member);
        try
        {
            return world.Broker.Groups.Committed(World.Group, partition.Topic, partition.Number) ?? (world.Is(Sabotage.MissingOffsetIsZero) ? 0 : null);
        }
        catch (Model.UnstableOffsetException e)
        {
            throw new SessionLostException(e.Message, e);
        }
    }

    public (long Start, long End) Bounds(InputPartition partition)
    {
        var log = world.Broker.Log(partition.Topic, partition.Number);
        return (log.Start, log.LastStable);
    }

    public Task<IReadOnlyDictionary<InputPartition, (long Start, long End)>> BoundsAsync(IReadOnlyList<InputPartition> partitions) =>
        Task.FromResult<IReadOnlyDictionary<InputPartition, (long Start, long End)>>(partitions.ToDictionary(p => p, Bounds));

    public RecordStamp? StampAt(InputPartition partition, long offset)
    {
        world.Scheduler.Point(member);
        return world.Broker.Log(partition.Topic, partition.Number).Next(offset) is { } record && record.Offset == offset ? StampOf(record) : null;
    }

    public InputTopic Describe(string topic) => new("model-cluster", World.TopicId, world.Plan.Partitions, IsCompacted: false);

    public void Seek(InputPartition partition, long offset)
    {
        _positions[partition] = offset;
        _epochs.Remove(partition);
    }

    public void Pause(InputPartition partition) => _paused.Add(partition);

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets) => throw new NotSupportedException("the model is transactional");

    public void Close(IInputHandler handler)
    {
        handler.OnRevoked([.. _owned]);
        world.Broker.Groups.Leave(member.Name);
    }

    public void Dispose()
    {
        // The member's memory goes with it.
    }

    private void Deliver(InputPartition partition, IInputHandler handler)
    {
        var log = world.Broker.Log(partition.Topic, partition.Number);
        Validate(log, partition);
        if (log.Next(_positions[partition]) is { } record)
        {
            (_positions[partition], _epochs[partition]) = (record.Offset + 1, record.LeaderEpoch);
            handler.OnRecord(partition, new InputRecord(record.Offset, record.TimestampMs, record.Key, record.Value, record.Headers, record.LeaderEpoch));
            if (world.Is(Sabotage.EndReplayEarly) && world.Scheduler.Next(4) == 0)
            {
                handler.OnEnd(partition, long.MaxValue);
            }
        }
        else
        {
            handler.OnEnd(partition, Math.Max(_positions[partition], log.LastStable));
        }
    }

    /// <summary>As the client does (KIP-320): its position must lie within what the new leader has of the election that the last record was read from. After a seek it does not know of any.</summary>
    private void Validate(Model.ModelLog log, InputPartition partition)
    {
        if (_positions[partition] > log.End || (_epochs.TryGetValue(partition, out var epoch) && _positions[partition] > log.EndOf(epoch)))
        {
            throw new SessionLostException($"{partition}: the log was truncated below {_positions[partition]}");
        }
    }

    private static RecordStamp StampOf(Model.ModelRecord record) => new(record.LeaderEpoch, record.TimestampMs);

    private void Rebalance(IInputHandler handler)
    {
        var groups = world.Broker.Groups;
        if (!groups.IsMember(member.Name))
        {
            if (_hasJoined)
            {
                Forget([.. _owned], handler.OnLost);
            }

            groups.Join(member.Name);
        }

        _hasJoined = true;
        // Others move while the handler works: the assignment and its generation are read together.
        var generation = groups.Generation;
        if (Generation == generation)
        {
            return;
        }

        var mine = groups.Of(member.Name).Select(p => new InputPartition(p.Topic, p.Partition)).ToList();
        Forget([.. _owned.Intersect(mine).Where(p => groups.Since((p.Topic, p.Number)) > Generation)], handler.OnLost);
        Forget([.. _owned.Except(mine)], handler.OnRevoked);
        Generation = generation;
        world.Scheduler.Note(member, $"generation {Generation}: {string.Join(", ", mine.Select(p => p.Number))}");
        foreach (var partition in mine.Except(_owned).ToList())
        {
            if (handler.OnAssigned(partition) is { } start)
            {
                _paused.Remove(partition);
                Seek(partition, start);
                world.Scheduler.Note(member, $"reads {partition.Number} from {start}");
            }

            _owned.Add(partition);
        }
    }

    private void Forget(List<InputPartition> partitions, Action<IReadOnlyList<InputPartition>> tell)
    {
        if (partitions.Count > 0)
        {
            _owned.RemoveAll(partitions.Contains);
            tell(partitions);
        }
    }
}
