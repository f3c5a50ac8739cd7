using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>What an operator does to topics and groups.</summary>
internal static class GroupAdmin
{
    /// <summary>Moves the group's offset of partition 0 of the input by <paramref name="by"/>; the group must be empty.</summary>
    public static async Task MoveOffsetAsync(this FaultRig rig, long by)
    {
        using var admin = rig.Topics.Admin();
        var partition = new TopicPartition(rig.Input, 0);
        var committed = rig.Progress.Last(0)!.To;
        await UntilEmptyAsync(() => admin.AlterConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitionOffsets(rig.Group, [new TopicPartitionOffset(partition, committed + by)])]));
    }

    public static async Task DeleteOffsetsAsync(this FaultRig rig)
    {
        using var admin = rig.Topics.Admin();
        await UntilEmptyAsync(() => admin.DeleteGroupsAsync([rig.Group]));
    }

    public static async Task DeleteInputRecordsAsync(this FaultRig rig, int partition, long before)
    {
        using var admin = rig.Topics.Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(rig.Input, partition, before)]);
    }

    public static async Task AddPartitionsAsync(this FaultRig rig, int to)
    {
        using var admin = rig.Topics.Admin();
        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = rig.Input, IncreaseTo = to }]);
    }

    public static async Task CompactInputAsync(this FaultRig rig)
    {
        using var admin = rig.Topics.Admin();
        await admin.IncrementalAlterConfigsAsync(new()
        {
            [new ConfigResource { Type = ResourceType.Topic, Name = rig.Input }] = [new ConfigEntry { Name = "cleanup.policy", Value = "compact", IncrementalOperation = AlterConfigOpType.Set }],
        });
    }

    /// <summary>A killed member counts until its session has timed out.</summary>
    private static async Task UntilEmptyAsync(Func<Task> change)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await change();
                return;
            }
            catch (KafkaException) when (attempt < 60)
            {
                await Task.Delay(500);
            }
        }
    }
}
