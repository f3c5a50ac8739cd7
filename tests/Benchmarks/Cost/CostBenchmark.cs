using System.Globalization;
using System.Runtime.InteropServices;
using Tidewatch.Benchmarks.Line;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>What the promise costs: the same loop with and without transactions and snapshots, in one run; and a restore.</summary>
internal static class CostBenchmark
{
    private const int Rounds = 3;

    /// <summary><c>cost [observations] [file]</c>: prints the table, and writes it when a file is named.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (KafkaServer.Script is not { } script || RedisServer.Program is null)
        {
            await Console.Error.WriteLineAsync($"{KafkaServer.Missing}; {RedisServer.Missing}");
            return 1;
        }

        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 4_000_000;
        using var kafka = new KafkaServer(script);
        using var redis = new RedisServer();
        var input = new LineInput(kafka.BootstrapServers);
        await input.CreateAsync();
        input.Fill(count);
        var rates = Enum.GetValues<LoopKind>().ToDictionary(k => k, _ => new List<double>());
        await LoopRun.RunAsync(LoopKind.Both, kafka.BootstrapServers, redis.Configuration, "cost-warm-up", count / 4);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var kind in Enum.GetValues<LoopKind>())
            {
                rates[kind].Add(await LoopRun.RunAsync(kind, kafka.BootstrapServers, redis.Configuration, $"cost-{kind}-{round}".ToLowerInvariant(), count));
                Console.WriteLine($"round {round + 1}, {kind}: {rates[kind][^1]:N0}/s");
            }
        }

        var times = new LoopTimes();
        var timed = await LoopRun.RunAsync(LoopKind.Both, kafka.BootstrapServers, redis.Configuration, "cost-timed", count, times);
        var report = Report(count, rates, TimesTable.Of(times, timed), await RestoreRun.RunAsync(kafka.BootstrapServers, redis.Configuration));
        Console.WriteLine(report);
        if (arguments.Length > 1)
        {
            await File.WriteAllTextAsync(arguments[1], report);
        }

        return 0;
    }

    private static string Report(int count, Dictionary<LoopKind, List<double>> rates, string times, (double Restore, double Process, long Bytes) restore)
    {
        var bare = LineBenchmark.Median(rates[LoopKind.Neither]);
        string Row(string name, LoopKind kind) => $"| {name} | {LineBenchmark.Median(rates[kind]):N0} | {LineBenchmark.Median(rates[kind]) / bare:F2} | {string.Join(", ", rates[kind].Select(r => r.ToString("N0", CultureInfo.InvariantCulture)))} |";
        return $"""
            # What the promise costs

            Printed by `make bench-cost`: the partition loop with the z-score profile over {count:N0} observations of {LineBenchmark.Series:N0} series in {LineBenchmark.Partitions} partitions, commits every 250 ms, real Kafka and Redis,
            {Rounds} rounds in turn in one process; snapshots every {LoopRun.SnapshotInterval.TotalSeconds:N0} s, six times as often as the product's default. Broker, Redis and loop share {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}.

            | loop | median observations/s | ratio | rounds |
            |---|---|---|---|
            {Row("neither transactions nor snapshots (at-least-once)", LoopKind.Neither)}
            {Row("transactions", LoopKind.Transactions)}
            {Row("transactions and snapshots", LoopKind.Both)}

            {times}

            A partition of {RestoreRun.Series:N0} series is restored from Redis in {restore.Restore:F1} s, from the assignment to the first live record, nothing replayed
            ({restore.Bytes / 1e6:N0} MB in Redis with both slots); {restore.Process:F1} s from the start of the process to its first commit.

            """;
    }
}
