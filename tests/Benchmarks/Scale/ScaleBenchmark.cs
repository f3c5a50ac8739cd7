using System.Diagnostics;
using System.Globalization;
using Tidewatch.Benchmarks.Latency;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Scale;

/// <summary>One detector process with very many series, each with a value a minute: does it keep up, and what does it take?</summary>
internal static class ScaleBenchmark
{
    private const int Partitions = 8;
    private const int HistoryRounds = 10;
    private const int SpikeEvery = 2_002;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);

    /// <summary><c>scale [series] [minutes] [file]</c>: prints the table, and writes it when a file is named.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (KafkaServer.Script is not { } script || RedisServer.Program is null)
        {
            await Console.Error.WriteLineAsync($"{KafkaServer.Missing}; {RedisServer.Missing}");
            return 1;
        }

        var series = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var minutes = arguments.Length > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 10;
        using var kafka = new KafkaServer(script);
        using var redis = new RedisServer();
        var input = new ScaleInput(kafka.BootstrapServers, "scale", series, Partitions);
        await input.CreateAsync();
        await using var detector = new DetectorProcess(ScaleDetector.Settings(kafka.BootstrapServers, redis.Configuration, "scale", Partitions));
        using var lag = new CommittedLag(kafka.BootstrapServers, "scale", input.Topic, Partitions);
        while (!await detector.IsAsync("ready"))
        {
            await Task.Delay(200);
        }

        var empty = ScaleDetector.Megabytes(detector.Id, "VmRSS");
        var load = Stopwatch.StartNew();
        for (var round = 0; round < HistoryRounds; round++)
        {
            input.SendRound();
            Console.WriteLine($"history {round + 1}/{HistoryRounds}: {load.Elapsed.TotalSeconds:F0} s, lag {lag.Lag():N0}, {ScaleDetector.Megabytes(detector.Id, "VmRSS"):N0} MB");
        }

        while (lag.Lag() > 0)
        {
            await Task.Delay(500);
        }

        Console.WriteLine($"loaded after {load.Elapsed.TotalSeconds:F0} s");
        await using var latency = new AlertLatency(kafka.BootstrapServers, "scale", Partitions);
        latency.Start();
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var sent = new StrongCount();
        var clock = Stopwatch.StartNew();
        var sending = Task.Run(() => SendAsync(input, series, sent, latency, end.Token), CancellationToken.None);
        var samples = await SampleAsync(detector, lag, sent, clock, end.Token);
        await sending;
        while (lag.Lag() > 0)
        {
            await Task.Delay(100);
        }

        var drained = clock.Elapsed.TotalSeconds;
        await Task.Delay(2_000);
        var report = ScaleReport.Of(series, minutes, Partitions, empty, samples, drained, await latency.StopAsync(), latency.Missing, await detector.MetricsAsync(), await CommittedLag.RedisBytesAsync(redis.Configuration));
        Console.WriteLine(report);
        if (arguments.Length > 2)
        {
            await File.WriteAllTextAsync(arguments[2], report);
        }

        return 0;
    }

    private static async Task SendAsync(ScaleInput input, int series, StrongCount sent, AlertLatency latency, CancellationToken end)
    {
        using var producer = input.Producer();
        var rate = series / 60.0;
        for (var clock = Stopwatch.StartNew(); !end.IsCancellationRequested; await Task.Delay(2, CancellationToken.None))
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); sent.Value < due; sent.Value++)
            {
                var number = (int)(sent.Value % series);
                var isSpike = (sent.Value + (sent.Value / series * 14)) % SpikeEvery == 0 && number % 2 == 0;
                var stamp = Stopwatch.GetTimestamp();
                var time = input.Send(producer, number, isSpike);
                if (isSpike)
                {
                    latency.Sent(ScaleInput.IdOf(number), time, stamp);
                }

                if (number == series - 1)
                {
                    input.NextRound();
                }
            }
        }

        producer.Flush(TimeSpan.FromMinutes(1));
    }

    private static async Task<List<ScaleSample>> SampleAsync(DetectorProcess detector, CommittedLag lag, StrongCount sent, Stopwatch clock, CancellationToken end)
    {
        var samples = new List<ScaleSample>();
        while (!end.IsCancellationRequested)
        {
            var metrics = await detector.MetricsAsync();
            samples.Add(new ScaleSample(
                clock.Elapsed.TotalSeconds, sent.Value, lag.Lag(), ScaleDetector.Megabytes(detector.Id, "VmRSS"),
                ScaleDetector.Value(metrics, "tidewatch_snapshot_bytes_total", "redis"), ScaleDetector.ProcessorSeconds(detector.Id)));
            Console.WriteLine(samples[^1]);
            await Task.WhenAny(Task.Delay(SampleEvery, CancellationToken.None), Task.Delay(Timeout.Infinite, end));
        }

        return samples;
    }

    /// <summary>A count that one thread raises and another reads.</summary>
    private sealed class StrongCount
    {
        private long _value;

        public long Value
        {
            get => Interlocked.Read(ref _value);
            set => Interlocked.Exchange(ref _value, value);
        }
    }
}
