using System.Globalization;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Line;

/// <summary>The thin line's figures: the whole detector process on a real Kafka and Redis beside a bare copy of the same topic, in one run.</summary>
internal static class LineBenchmark
{
    public const int Partitions = 4;
    public const int Series = 10_000;
    private const int Rounds = 3;

    /// <summary><c>line [observations] [file]</c>: prints the table, and writes it when a file is named.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (KafkaServer.Script is not { } script || RedisServer.Program is null)
        {
            await Console.Error.WriteLineAsync($"{KafkaServer.Missing}; {RedisServer.Missing}");
            return 1;
        }

        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000_000;
        using var kafka = new KafkaServer(script);
        using var redis = new RedisServer();
        var input = new LineInput(kafka.BootstrapServers);
        await input.CreateAsync();
        input.Fill(count);

        var (copies, detectors, peaks) = (new List<double>(), new List<double>(), new List<double>());
        LineLatency latency = default;
        for (var round = 0; round < Rounds; round++)
        {
            copies.Add(new BareCopy(kafka.BootstrapServers).Run(round, count));
            await using var detector = await LineDetector.StartAsync(kafka.BootstrapServers, redis.Configuration, round);
            detectors.Add(await detector.DrainAsync(count));
            peaks.Add(detector.PeakMegabytes());
            Console.WriteLine($"round {round + 1}: copy {copies[^1]:N0}/s, detector {detectors[^1]:N0}/s, peak {peaks[^1]:N0} MB");
            if (round == Rounds - 1)
            {
                latency = await detector.LatencyAsync(input, Median(detectors) / 10);
            }
        }

        var report = LineReport.Of(count, copies, detectors, peaks, latency);
        Console.WriteLine(report);
        if (arguments.Length > 1)
        {
            await File.WriteAllTextAsync(arguments[1], report);
        }

        return 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
