using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Tidewatch.Faults.Rig;

/// <summary>What befalls the input topic as a whole: placed on chosen brokers, made anew, cut short.</summary>
internal static class InputTopicAdmin
{
    /// <summary>Deletes the input and makes it again with records of its own.</summary>
    public static async Task RecreateInputAsync(this FaultRig rig)
    {
        using var admin = rig.Topics.Admin();
        await admin.DeleteTopicsAsync([rig.Input]);
        for (var isThere = false; !isThere;)
        {
            try
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = rig.Input, NumPartitions = rig.Options.Partitions, ReplicationFactor = 1, Configs = new() { ["retention.ms"] = "-1" } }]);
                isThere = true;
            }
            catch (CreateTopicsException e) when (e.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
            {
                await Task.Delay(200);
            }
        }

        await rig.WriteForeignAsync(rounds: 10);
    }

    /// <summary>The input on <paramref name="brokers"/> alone, the first of them its leader; one replica may acknowledge, and one that lags may be elected.</summary>
    public static TopicSpecification Unclean(string input, int partitions, IReadOnlyList<int> brokers) => new()
    {
        Name = input,
        NumPartitions = partitions,
        ReplicasAssignments = Enumerable.Range(0, partitions).ToDictionary(p => p, _ => brokers.ToList()),
        Configs = new() { ["retention.ms"] = "-1", ["min.insync.replicas"] = "1", ["unclean.leader.election.enable"] = "true" },
    };

    /// <summary>Writes records that the rig's own feed does not know of, <see cref="FaultInput.Series"/> a round.</summary>
    public static async Task WriteForeignAsync(this FaultRig rig, int rounds)
    {
        using var producer = rig.Topics.Producer();
        for (var n = 0; n < rounds * FaultInput.Series; n++)
        {
            var (partition, message) = new FaultInput(99, rig.Options.Partitions).At(n);
            producer.Produce(new TopicPartition(rig.Input, partition), message);
        }

        await Task.Run(() => producer.Flush(TimeSpan.FromSeconds(60)));
    }

    /// <summary>Where each partition of the input ends now; null while one has no leader.</summary>
    public static async Task<IReadOnlyList<long>?> InputEndsAsync(this FaultRig rig)
    {
        using var admin = rig.Topics.Admin();
        try
        {
            var ends = await admin.ListOffsetsAsync(
                Enumerable.Range(0, rig.Options.Partitions).Select(p => new TopicPartitionOffsetSpec { TopicPartition = new(rig.Input, p), OffsetSpec = OffsetSpec.Latest() }),
                new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadUncommitted, RequestTimeout = TimeSpan.FromSeconds(5) });
            return [.. ends.ResultInfos.OrderBy(r => r.TopicPartitionOffsetError.Partition.Value).Select(r => r.TopicPartitionOffsetError.Offset.Value)];
        }
        catch (KafkaException)
        {
            return null;
        }
    }
}
