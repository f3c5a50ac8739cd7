using System.Diagnostics;
using System.Globalization;
using Tidewatch.Detection;
using Tidewatch.Detection.State;

namespace Tidewatch.Benchmarks.Detectors;

/// <summary>A quick table for a busy machine: best of several short rounds, in processor time, and bytes allocated by a new series and by each point.</summary>
public static class DetectorSpeed
{
    private const int Counted = 2_000;
    private const int Rounds = 7;
    private const long StepMs = 600_000;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(150);

    /// <summary>Lines of a Markdown table as they are measured, and a last one on the forest's batch form.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> names)
    {
        yield return "| Detector | points/s | bytes allocated by a new series | bytes of its saved state | bytes allocated per point |";
        yield return "|---|---|---|---|---|";
        foreach (var name in names)
        {
            var (speed, bytes, state, perPoint) = Measure(DetectorCatalog.Get(name));
            yield return string.Create(CultureInfo.InvariantCulture, $"| {name} | {speed:N0} | {bytes:N0} | {state:N0} | {perPoint:N0} |");
        }

        var forest = new IsolationForestBenchmarks();
        forest.Fit();
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Isolation forest of 100 trees x 256 rows, 4 features: {Best(forest.Batch, 1_000):N0} rows/s in batch, {Best(forest.RowByRow, 1_000):N0} row by row.");
    }

    internal static IDetector Warm(DetectorEntry entry, BenchmarkSeries series, int dimension, ref int next)
    {
        var detector = entry.Create(entry.Defaults(), new SeriesContext(dimension, 1));
        for (var more = 2_000; more > 0; more -= detector.IsWarm ? 1 : 0)
        {
            detector.Learn(new Sample(series[next], next * StepMs));
            next++;
        }

        return detector;
    }

    internal static double Step(IDetector detector, BenchmarkSeries series, int index)
    {
        var sample = new Sample(series[index], index * StepMs);
        var score = detector.Score(sample);
        detector.Learn(sample);
        return score;
    }

    private static (double Speed, long Bytes, int State, double PerPoint) Measure(DetectorEntry entry)
    {
        var series = new BenchmarkSeries(1);
        var next = 0;
        entry.Create(entry.Defaults(), new SeriesContext(1, 1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        entry.Create(entry.Defaults(), new SeriesContext(1, 1));
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var detector = Warm(entry, series, 1, ref next);
        var speed = Best(
            () =>
            {
                for (var i = 0; i < 256; i++)
                {
                    Step(detector, series, next++);
                }
            },
            256);
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Counted; i++)
        {
            Step(detector, series, next++);
        }

        var perPoint = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Counted;
        var writer = new StateWriter();
        detector.Save(writer);
        return (speed, bytes, writer.Written.Length, perPoint);
    }

    private static double Best(Action action, int operations)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var (calls, cpu, clock) = (0L, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            while (clock.Elapsed < RoundTime)
            {
                action();
                calls++;
            }

            best = Math.Max(best, calls * operations / Math.Max(1e-9, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds));
        }

        return best;
    }
}
