using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>How a group at rest has shared its partitions out.</summary>
/// <param name="members">Every member.</param>
public sealed class GroupShares(IEnumerable<MemberShare> members)
{
    private const int UniqueLength = 37;
    private readonly List<MemberShare> _members = [.. members.OrderBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>Those of <paramref name="partitions"/> that no member was given, in order.</summary>
    public IReadOnlyList<InputPartition> Missing(IEnumerable<InputPartition> partitions) => [.. partitions.Except(_members.SelectMany(m => m.Partitions)).Order()];

    /// <summary>Whether the same members hold the same partitions.</summary>
    public bool IsAs(GroupShares other) => _members.SequenceEqual(other._members);

    /// <summary>Whether it falls to a process to act for the group: to one of the detectors, the one whose id is the first, without their having to agree on it.</summary>
    /// <param name="instanceId">The process's group.instance.id: the broker puts a hyphen and 36 characters behind it for the member's id.</param>
    public bool FallsTo(string instanceId) => _members.Find(m => m.IsDetector) is { } first
        && first.Id.Length == instanceId.Length + UniqueLength && first.Id.StartsWith($"{instanceId}-", StringComparison.Ordinal);
}
