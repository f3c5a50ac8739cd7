using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>Asks a real broker what the members of the loop's group were given, and what there is to give. Both throw <see cref="KafkaException"/> while it is away.</summary>
internal sealed class GroupDirectory(KafkaConnection connection, LoopOptions options) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private readonly IAdminClient _admin = new AdminClientBuilder(connection.Apply(new AdminClientConfig())).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>Null while the group shares out, where it speaks KIP-848 (whose coordinator gives forgotten partitions away by itself), and where what a member was given cannot be read.</summary>
    /// <remarks>By the client's older call: DescribeConsumerGroups frees memory twice (librdkafka.redist 2.16.0).</remarks>
    public GroupShares? Shares()
    {
        if (_admin.ListGroup(options.Group, Timeout) is not { State: "Stable", ProtocolType: "consumer" } group)
        {
            return null;
        }

        var members = new List<MemberShare>();
        foreach (var member in group.Members)
        {
            if (!MemberAssignment.TryRead(member.MemberAssignment, out var partitions))
            {
                return null;
            }

            members.Add(new MemberShare(member.MemberId, string.Equals(member.ClientId, KafkaConnection.ClientId, StringComparison.Ordinal), [.. partitions.Order()]));
        }

        return new GroupShares(members);
    }

    /// <summary>Every partition of the input topics.</summary>
    public async Task<IReadOnlyList<InputPartition>> PartitionsAsync()
    {
        var described = await _admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(options.Topics), new DescribeTopicsOptions { RequestTimeout = Timeout });
        return [.. described.TopicDescriptions.SelectMany(t => t.Partitions.Select(p => new InputPartition(t.Name, p.Partition)))];
    }

    public void Dispose() => _admin.Dispose();
}
