using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>The audit chain of the model, waited for to its uncommitted end as the product does.</summary>
public sealed class ModelProgressLog(World world, Member member) : IProgressLog
{
    public ProgressRecord? Last(InputPartition partition)
    {
        var log = world.Broker.Log(world.Names.Progress, 0);
        var end = log.End;
        while (log.LastStable < end)
        {
            world.Scheduler.GiveBack(member);
        }

        var last = world.Is(Sabotage.MissingOffsetIsZero) ? null : Links(world).LastOrDefault(l => l.Partition == partition.Number);
        return world.Plan.Sabotage switch
        {
            Sabotage.ForgetSkipped => last is null ? null : last with { Skipped = null },
            Sabotage.ForgetLastRecord => last is null ? null : last with { LastRecord = null },
            _ => last,
        };
    }

    public static IEnumerable<ProgressRecord> Links(World world) =>
        world.Broker.Visible(world.Names.Progress).Select(r => JsonSerializer.Deserialize(r.Value!, ContractJson.Default.ProgressRecord)!);
}
