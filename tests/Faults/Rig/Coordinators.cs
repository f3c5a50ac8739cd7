namespace Tidewatch.Faults.Rig;

/// <summary>Which broker coordinates what, as Kafka decides it: the leader of one partition of an internal topic, by Java's hash of the name.</summary>
internal static class Coordinators
{
    /// <summary>Of the detectors' group.</summary>
    public static int OfGroup(FaultRig rig) => Leader(rig, "__consumer_offsets", rig.Group);

    /// <summary>Of a member's transactions.</summary>
    public static int OfTransactions(FaultRig rig, string member) => Leader(rig, "__transaction_state", $"{rig.Group}-{member}");

    private static int Leader(FaultRig rig, string topic, string name)
    {
        using var admin = rig.Topics.Admin();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics[0].Partitions;
        return partitions.Single(p => p.PartitionId == (int)(Math.Abs((long)Hash(name)) % partitions.Count)).Leader;
    }

    private static int Hash(string name) => name.Aggregate(0, (hash, c) => unchecked((31 * hash) + c));
}
