using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Tidewatch.Benchmarks.Latency;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Line;

/// <summary>The built detector as a child process with the z-score profile, reading the benchmark's input from its beginning.</summary>
internal sealed class LineDetector : IAsyncDisposable
{
    private const int SpikeEvery = 500;
    private static readonly TimeSpan LatencyTime = TimeSpan.FromSeconds(20);
    private readonly string _bootstrapServers;
    private readonly string _prefix;
    private readonly Process _process;

    private LineDetector(string bootstrapServers, string prefix, Process process) => (_bootstrapServers, _prefix, _process) = (bootstrapServers, prefix, process);

    public static async Task<LineDetector> StartAsync(string bootstrapServers, string redis, int round)
    {
        var prefix = $"round{round}";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Tidewatch.Detector")) { UseShellExecute = false };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}";
        start.Environment["TIDEWATCH_Kafka__BootstrapServers"] = bootstrapServers;
        start.Environment["TIDEWATCH_Kafka__TopicPrefix"] = prefix;
        start.Environment["TIDEWATCH_Redis__Configuration"] = redis;
        start.Environment["TIDEWATCH_Redis__KeyPrefix"] = prefix;
        start.Environment["TIDEWATCH_Detector__Detector"] = "z-score";
        start.Environment["TIDEWATCH_Detector__Domains__0"] = "hosts";
        start.Environment["TIDEWATCH_Detector__Topics__0"] = LineInput.Topic;
        start.Environment["TIDEWATCH_Output__Folder"] = Directory.CreateTempSubdirectory("tidewatch-line-").FullName;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var process = Process.Start(start)!;
        await Task.Yield();
        return new LineDetector(bootstrapServers, prefix, process);
    }

    /// <summary>Waits until everything is committed; observations per second between the first commit seen and the last.</summary>
    public async Task<double> DrainAsync(int count)
    {
        using var reader = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = _bootstrapServers, GroupId = $"{_prefix}.detector" }).Build();
        var partitions = Enumerable.Range(0, LineBenchmark.Partitions).Select(p => new TopicPartition(LineInput.Topic, p)).ToList();
        var (first, began) = (0L, 0L);
        while (true)
        {
            var committed = reader.Committed(partitions, TimeSpan.FromSeconds(10)).Sum(o => Math.Max(0, o.Offset.Value));
            if (first == 0 && committed > 0)
            {
                (first, began) = (committed, Stopwatch.GetTimestamp());
            }

            if (committed >= count)
            {
                return (committed - first) / Stopwatch.GetElapsedTime(began).TotalSeconds;
            }

            if (_process.HasExited)
            {
                throw new InvalidOperationException($"the detector ended with {_process.ExitCode}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Largest resident set so far.</summary>
    public double PeakMegabytes() =>
        File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is var fields
            ? double.Parse(fields[1], CultureInfo.InvariantCulture) / 1024 : 0;

    /// <summary>Sends at <paramref name="rate"/> with a spike now and then, and measures until its alert arrives.</summary>
    public async Task<LineLatency> LatencyAsync(LineInput input, double rate)
    {
        await using var latency = new AlertLatency(_bootstrapServers, _prefix, LineBenchmark.Partitions);
        latency.Start();
        var count = 0;
        using (var producer = input.Producer())
        {
            // The producer's own start is no part of the way of an alert.
            input.Send(producer, 0, isSpike: false);
            producer.Flush(TimeSpan.FromSeconds(30));
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < LatencyTime)
            {
                for (var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate); count < due; count++)
                {
                    var series = count % LineBenchmark.Series;
                    var isSpike = count % SpikeEvery == 0 && count / LineBenchmark.Series % 2 == 0;
                    var stamp = Stopwatch.GetTimestamp();
                    var time = input.Send(producer, isSpike ? count / SpikeEvery * 7 % LineBenchmark.Series : series, isSpike);
                    if (isSpike)
                    {
                        latency.Sent($"hosts/web-{count / SpikeEvery * 7 % LineBenchmark.Series:D5}/cpu", time, stamp);
                    }
                }

                await Task.Delay(1);
            }
        }

        await Task.Delay(3_000);
        var latencies = await latency.StopAsync();
        return new LineLatency(count / LatencyTime.TotalSeconds, latencies.Count, latency.Missing, AlertLatency.At(latencies, 0.5), AlertLatency.At(latencies, 0.99));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
