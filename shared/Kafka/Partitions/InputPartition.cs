namespace Tidewatch.Kafka.Partitions;

/// <summary>One partition of one input topic.</summary>
public readonly record struct InputPartition(string Topic, int Number) : IComparable<InputPartition>
{
    public int CompareTo(InputPartition other) =>
        string.CompareOrdinal(Topic, other.Topic) is not 0 and var order ? order : Number.CompareTo(other.Number);

    public override string ToString() => $"{Topic} [{Number}]";

    public static bool operator <(InputPartition left, InputPartition right) => left.CompareTo(right) < 0;

    public static bool operator >(InputPartition left, InputPartition right) => left.CompareTo(right) > 0;

    public static bool operator <=(InputPartition left, InputPartition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InputPartition left, InputPartition right) => left.CompareTo(right) >= 0;
}
