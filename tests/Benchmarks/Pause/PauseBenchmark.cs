using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tidewatch.Benchmarks.Line;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Benchmarks.Pause;

/// <summary>What stands in the loop's way without any broker: taking a snapshot of one partition, and marking each record.</summary>
internal static class PauseBenchmark
{
    private const int Rounds = 5;
    private static readonly string[] Detectors = ["z-score", "isolation-forest"];

    /// <summary><c>pause [series] [file]</c>: prints the tables, and writes them when a file is named.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var series = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100_000;
        var rows = Detectors.Select(d => Row(d, new FilledPartition(d, series)));
        var (bare, marked) = MarkCost.Measure();
        var report = $"""
            # What holds up the loop

            Printed by `make bench-pause`: one partition of {series:N0} series, each with {FilledPartition.Observations} observations; medians of {Rounds} rounds, the largest in brackets. A snapshot is hashed and serialised on the
            loop's thread, and written beside it. {Environment.ProcessorCount} cores, shared with whatever else ran; {RuntimeInformation.FrameworkDescription}.

            | detector | whole state, at a hand-over | MB | a part of it | MB | changes within the budget, all series changed | MB | hash of the state, all series changed |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            The budget (`Detector:SnapshotBytes`, {new LoopOptions { Group = "", InstanceId = "", Topics = [] }.SnapshotBytes / 1024 / 1024} MiB) bounds changes, and the parts in which a tier that holds nothing is given the state; only a hand-over writes it in one.
            The detector tells it in `tidewatch_snapshot_pause_seconds` by `kind`.

            A crash mark costs {marked - bare:N1} ns a record: {marked:N1} ns to hold it, to look up its deaths and to release it in the mapped file, {bare:N1} ns for the same calls without a file.

            """;
        Console.WriteLine(report);
        if (arguments.Length > 1)
        {
            await File.WriteAllTextAsync(arguments[1], report);
        }

        return 0;
    }

    private static string Row(string detector, FilledPartition partition)
    {
        var budget = new LoopOptions { Group = "", InstanceId = "", Topics = [] }.SnapshotBytes;
        var changes = new SegmentRequest(0, partition.Engine.SeriesCount, 0, budget);
        var (whole, wholeBytes) = Save(partition, SegmentRequest.Whole);
        var (first, firstBytes) = Save(partition, new SegmentRequest(0, partition.Engine.SeriesCount, long.MaxValue, budget, int.MaxValue));
        var (part, partBytes) = Save(partition, changes);
        var hash = Times(() =>
        {
            partition.Observe();
            return Timed(() => partition.Engine.StateHash());
        });
        return $"| {detector} | {whole} | {wholeBytes / 1e6:N1} | {first} | {firstBytes / 1e6:N1} | {part} | {partBytes / 1e6:N1} | {hash} |";
    }

    private static (string Times, long Bytes) Save(FilledPartition partition, SegmentRequest request)
    {
        var bytes = 0L;
        var times = Times(() =>
        {
            var buffer = new ArrayBufferWriter<byte>(64 * 1024);
            var time = Timed(() => partition.Engine.Save(buffer, request));
            bytes = buffer.WrittenCount;
            return time;
        });
        return (times, bytes);
    }

    private static string Times(Func<double> round)
    {
        var times = Enumerable.Range(0, Rounds).Select(_ => round()).ToList();
        return $"{LineBenchmark.Median(times):N0} ms ({times.Max():N0})";
    }

    private static double Timed<T>(Func<T> action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
