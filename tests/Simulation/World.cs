using System.Text;
using Tidewatch.Contracts.Topics;
using Tidewatch.Detection.State;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Simulation.Model;

namespace Tidewatch.Simulation;

/// <summary>What the members share: the broker, the snapshot tiers, the scheduler, and the input that was written.</summary>
public sealed class World
{
    public const string Topic = "model.observations.model.v1";
    public const string TopicId = "model-topic-id";
    public const string Group = "model.detector";

    /// <summary>Every third plan has records that end the process: deaths without end would leave other faults too little room.</summary>
    private const ulong DeadlyPlans = 3;

    private readonly Dictionary<(int Partition, long Offset, int LeaderEpoch), int> _deaths = [];

    public World(SimulationPlan plan)
    {
        Plan = plan;
        Broker = new ModelBroker();
        Scheduler = new Scheduler(plan, Broker);
        Fast = new ModelSnapshotStore("fast", this, loses: true);
        Durable = new ModelSnapshotStore("durable", this, loses: false);
        Broker.AddInput(Topic, plan.Partitions);
        var random = new SeededRandom(plan.Seed ^ 0x5EED);
        var isDeadly = plan.Seed % DeadlyPlans == 0;
        for (var i = 0; i < plan.Records; i++)
        {
            var series = $"s{random.Next(6)}";
            var mark = random.Next(40) switch { 0 => "!", 1 => "?", 4 or 5 => "^", 2 when isDeadly => "#", 3 when plan.DiesInReplay => "~", _ => "" };
            Broker.Log(Topic, series[1] % plan.Partitions).Append(Encoding.UTF8.GetBytes(series), Encoding.UTF8.GetBytes($"{mark}{i}"), [], null, Broker.NowMs + i);
        }
    }

    public SimulationPlan Plan { get; }

    public ModelBroker Broker { get; }

    public Scheduler Scheduler { get; }

    public ModelSnapshotStore Fast { get; }

    public ModelSnapshotStore Durable { get; }

    public TopicNames Names { get; } = new("model");

    /// <summary>Texts of settings that were kept.</summary>
    public Dictionary<ulong, string> Texts { get; } = [];

    public bool Is(Sabotage sabotage) => Plan.Sabotage == sabotage;

    public CountingProcessor Processor(int partition, ulong settings) => new(TopicId, partition, Plan.Sabotage, () => Broker.NowMs, settings)
    {
        Leak = alert => Broker.Log(Names.Alerts, 0).Append(
            Encoding.UTF8.GetBytes(alert.Key), Contracts.Codecs.AlertCodec.Encode(alert), [], null, Broker.NowMs),
    };

    /// <summary>A member ended with the record in hand, whether by the record or by chance.</summary>
    public void DiedOn(int partition, (long Offset, int LeaderEpoch) record)
    {
        var key = (partition, record.Offset, record.LeaderEpoch);
        _deaths[key] = _deaths.GetValueOrDefault(key) + 1;
    }

    /// <summary>Whether a detector is right to leave the record out: three processes ended on it.</summary>
    public bool IsDeadly(int partition, long offset, int leaderEpoch) => _deaths.GetValueOrDefault((partition, offset, leaderEpoch)) >= 3;

    /// <summary>Elects a leader that lacks the log's last records, up to ten; producers write on meanwhile.</summary>
    public void Elect(ModelLog log)
    {
        var lost = Scheduler.Next(1 + (int)Math.Min(10, log.End));
        log.Lose(lost);
        Scheduler.Trace.Add($"{Broker.NowMs % 10_000_000} partition {log.Partition} elects {log.LeaderEpoch} and loses {lost} from {log.End} on");
        for (var left = Scheduler.Next(20); left > 0; left--)
        {
            Write(log);
        }
    }

    /// <summary>More records on each log, until it is longer than it ever was: one that grew again to just where it was shows that with the next record. Where producers fall silent, one that ends below what was committed stays so.</summary>
    public void WriteOn()
    {
        foreach (var (topic, partition) in Broker.InputPartitions)
        {
            var log = Broker.Log(topic, partition);
            if (Plan.FallsSilent && !Broker.Transactions.IsPending(Group, topic, partition) && log.End < Broker.Groups.Committed(Group, topic, partition))
            {
                continue;
            }

            do
            {
                Write(log);
            }
            while (log.End <= log.LongestLost);
        }
    }

    private void Write(ModelLog log)
    {
        var series = $"s{log.Partition + (Plan.Partitions * Scheduler.Next(3))}";
        log.Append(Encoding.UTF8.GetBytes(series), Encoding.UTF8.GetBytes($"{log.LeaderEpoch}-{log.End}"), [], null, Broker.NowMs);
    }

    /// <summary>True when every input record is below a committed offset and no transaction is open.</summary>
    public bool IsAtRest() => !Broker.Transactions.IsAnyOpen && Broker.InputPartitions.All(p => Broker.Groups.Committed(Group, p.Topic, p.Partition) == Broker.Log(p.Topic, p.Partition).End);
}
