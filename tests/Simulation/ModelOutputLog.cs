using Tidewatch.Kafka.Partitions;
using Tidewatch.Simulation.Model;

namespace Tidewatch.Simulation;

/// <summary>The writing edge on the model: replies may be lost, and an EndTxn may arrive late.</summary>
public sealed class ModelOutputLog(World world, Member member) : IOutputLog
{
    private int _epoch;

    private string Id => $"{World.Group}-{member.Name}";

    public void Initialize()
    {
        world.Scheduler.Point(member);
        _epoch = world.Broker.Transactions.Initialize(Id);
        world.Scheduler.Note(member, $"begins epoch {_epoch}");
    }

    public void Begin()
    {
        if (world.Is(Sabotage.SnapshotOfUncommittedSwitch))
        {
            member.SnapshotUncommittedSwitch();
        }

        world.Scheduler.Point(member);
    }

    public void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers)
    {
        world.Scheduler.Point(member);
        if (world.Is(Sabotage.SwallowDeadLetter) && string.Equals(topic, world.Names.DeadLetters, StringComparison.Ordinal))
        {
            return;
        }

        Fenced(() => world.Broker.Log(topic, 0).Append(key, value, headers, world.Broker.Transactions.Open(Id, _epoch), world.Broker.NowMs));
    }

    public void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input)
    {
        if (world.Is(Sabotage.SnapshotBeforeCommit))
        {
            member.SnapshotTooEarly();
        }

        world.Scheduler.Point(member);
        foreach (var (partition, offset) in offsets)
        {
            SendOffset(partition, offset, ((ModelInputLog)input).Generation);
        }

        world.Scheduler.Point(member);
        if (world.Scheduler.Fault(0.03))
        {
            var (transactions, epoch) = (world.Broker.Transactions, _epoch);
            world.Scheduler.Later(world.Scheduler.Next(3_000), () => EndLate(transactions, epoch));
            world.Scheduler.Note(member, $"EndTxn of epoch {_epoch} is late");
            throw new SessionLostException("EndTxn timed out on its way there");
        }

        Fenced(() => world.Broker.Transactions.End(Id, _epoch, commit: true));
        world.Scheduler.Note(member, $"committed {string.Join(", ", offsets)}");
        if (world.Scheduler.Fault(0.03))
        {
            world.Scheduler.Note(member, "is not told of it");
            throw new SessionLostException("EndTxn timed out on its way back");
        }

        world.Scheduler.Point(member);
    }

    public void Abort()
    {
        world.Scheduler.Point(member);
        Fenced(() => world.Broker.Transactions.End(Id, _epoch, commit: false));
        world.Scheduler.Note(member, "aborted");
    }

    public void Dispose()
    {
        // The member's memory goes with it.
    }

    private void SendOffset(InputPartition partition, long offset, int generation)
    {
        try
        {
            var ahead = world.Is(Sabotage.CommitPosition) && offset < world.Broker.Log(partition.Topic, partition.Number).End ? 1 : 0;
            world.Broker.Groups.Send(world.Broker.Transactions.Open(Id, _epoch), World.Group, member.Name, generation, partition.Topic, partition.Number, offset + ahead);
        }
        catch (FencedException e)
        {
            throw new TransactionAbortedException(e.Message, e);
        }
    }

    private void EndLate(ModelCoordinator transactions, int epoch)
    {
        try
        {
            transactions.End(Id, epoch, commit: true);
            world.Scheduler.Note(member, $"late EndTxn of epoch {epoch} arrives and counts");
        }
        catch (FencedException)
        {
            return;
        }
    }

    private static void Fenced(Action action)
    {
        try
        {
            action();
        }
        catch (FencedException e)
        {
            throw new SessionLostException(e.Message, e);
        }
    }
}
