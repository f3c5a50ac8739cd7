using Confluent.Kafka;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>A member that joins the group and leaves it again, so that the group shares out anew; the others keep what they have, for the assignor is cooperative.</summary>
internal sealed class PassingMember(KafkaConnection connection, TopicNames names, LoopOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Session = TimeSpan.FromSeconds(6);

    /// <summary>Stays until the group has given it its share, or for half a minute. Throws <see cref="KafkaException"/> when the broker does not take it.</summary>
    /// <remarks>It asks for the progress topic, not for an input: no partition that anybody works on can come to it.</remarks>
    public void Pass(TimeProvider time, CancellationToken stoppingToken)
    {
        var config = connection.Apply(new ConsumerConfig
        {
            GroupId = options.Group,
            GroupProtocol = GroupProtocol.Classic,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = (int)Session.TotalMilliseconds,
            EnableAutoCommit = false,
        });
        config.ClientId = $"{KafkaConnection.ClientId}-passing";
        using var member = new ConsumerBuilder<Ignore, Ignore>(config)
            .SetPartitionsAssignedHandler(static (_, given) => given.ConvertAll(p => new TopicPartitionOffset(p, Offset.End)))
            .SetLogHandler(static (_, _) => { })
            .Build();
        member.Subscribe(names.Progress);
        try
        {
            for (var began = time.GetTimestamp(); member.Assignment.Count == 0 && time.GetElapsedTime(began) < Patience && !stoppingToken.IsCancellationRequested;)
            {
                member.Consume(Turn);
            }
        }
        finally
        {
            member.Close();
        }
    }
}
