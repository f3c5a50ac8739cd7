using System.Diagnostics;
using System.Globalization;
using Tidewatch.Benchmarks.Scale;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>A detector with one partition of many series that was ended in order, started again: how long until it has its state back from Redis.</summary>
internal static class RestoreRun
{
    public const int Series = 100_000;
    private const int Rounds = 40;

    /// <summary>Seconds from the assignment to the first live record, as the detector measures it, and from the start of the process to its first commit.</summary>
    public static async Task<(double Restore, double Process, long Bytes)> RunAsync(string bootstrapServers, string redis)
    {
        var input = new ScaleInput(bootstrapServers, "restore", Series, partitions: 1);
        await input.CreateAsync();
        input.FillHistory(Rounds);
        var settings = ScaleDetector.Settings(bootstrapServers, redis, "restore", partitions: 1);
        using var committed = new CommittedLag(bootstrapServers, "restore", input.Topic, partitions: 1);
        await using (var first = new DetectorProcess(settings))
        {
            await UntilAsync(() => committed.Lag() == 0, first);
            await first.TerminateAsync();
        }

        input.SendRound();
        var clock = Stopwatch.StartNew();
        await using var second = new DetectorProcess(settings);
        await UntilAsync(() => committed.Lag() < Series, second);
        var process = clock.Elapsed.TotalSeconds;
        var metrics = await second.MetricsAsync();
        var replayed = ScaleDetector.Value(metrics, "tidewatch_replay_records_total");
        return replayed == 0
            ? (ScaleDetector.Value(metrics, "tidewatch_restore_duration_seconds_sum"), process, await CommittedLag.RedisBytesAsync(redis))
            : throw new InvalidOperationException($"{replayed.ToString(CultureInfo.InvariantCulture)} records were replayed: the snapshot of the hand-over was not found\n{second.Output}");
    }

    private static async Task UntilAsync(Func<bool> condition, DetectorProcess detector)
    {
        while (!condition())
        {
            await Task.Delay(20);
            if (detector.HasExited)
            {
                throw new InvalidOperationException(detector.Output);
            }
        }
    }
}
