namespace Tidewatch.TestKit;

/// <summary>What <c>docs/deploy.md</c> has an operator do about transactions that nothing will end.</summary>
public static class HangingTransactions
{
    private const string Tool = "org.apache.kafka.tools.TransactionsCommand";

    /// <summary>Ends those that the brokers' own tool finds, and says in how many partitions.</summary>
    public static int AbortHangingTransactions(this KafkaServer server)
    {
        var rows = Enumerable.Range(1, server.Brokers)
            .SelectMany(broker => server.Tool(Tool, "--bootstrap-server", server.BootstrapServers, "find-hanging", "--broker-id", $"{broker}", "--max-transaction-timeout", "0").Split('\n'))
            .Select(line => line.Split('\t', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 5 && int.TryParse(cells[1], out _))
            .ToList();
        foreach (var cells in rows)
        {
            server.Tool(Tool, "--bootstrap-server", server.BootstrapServers, "abort", "--topic", cells[0], "--partition", cells[1], "--start-offset", cells[5]);
        }

        return rows.Count;
    }
}
