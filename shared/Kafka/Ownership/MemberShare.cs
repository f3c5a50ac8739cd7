using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>What one member of a group was given.</summary>
/// <param name="Id">The member's id, which the broker makes: another for each life of the member.</param>
/// <param name="IsDetector">Whether it is a process of this suite that stays, which may be counted on to act.</param>
/// <param name="Partitions">Its partitions, of any topic, in order.</param>
public sealed record MemberShare(string Id, bool IsDetector, IReadOnlyList<InputPartition> Partitions)
{
    public bool Equals(MemberShare? other) =>
        other is not null && IsDetector == other.IsDetector && string.Equals(Id, other.Id, StringComparison.Ordinal) && Partitions.SequenceEqual(other.Partitions);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}
