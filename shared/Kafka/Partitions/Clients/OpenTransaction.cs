namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>What is said where the end of an open transaction is waited for in vain.</summary>
/// <remarks>A broker counts a transaction as ended although a partition without a leader at that moment never got the marker: <c>docs/decisions/hanging-transactions.md</c>.</remarks>
internal static class OpenTransaction
{
    public static string HoldsBack(string what, TimeSpan waited, TimeSpan timeout) =>
        $"an open transaction has held back {what} for {waited.TotalSeconds} s; if that lasts longer than the {timeout.TotalSeconds} s a transaction may take, nothing will end it: "
        + "see docs/deploy.md, Hanging transactions (kafka-transactions.sh find-hanging and abort)";
}
