using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Benchmarks.Pause;

/// <summary>What the mark of the record in hand costs: the three calls that each live record makes.</summary>
internal static class MarkCost
{
    private const int Records = 20_000_000;
    private const int Rounds = 5;

    /// <summary>Nanoseconds a record, the least of the rounds: with no marks, and with the mapped file.</summary>
    public static (double Bare, double Marked) Measure()
    {
        var folder = Directory.CreateTempSubdirectory("tidewatch-mark-cost-");
        try
        {
            using var file = new CrashMarkFile(new LoopOptions { Group = "cost", InstanceId = "marks", Topics = [], MarksDirectory = folder.FullName }, NullLogger<CrashMarkFile>.Instance);
            var mark = file.Of(new InputPartition("topic", 0));
            Round(NoCrashMarks.Instance);
            Round(mark);
            return (Least(NoCrashMarks.Instance), Least(mark));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Least(ICrashMark mark) => Enumerable.Range(0, Rounds).Min(_ => Round(mark));

    private static double Round(ICrashMark mark)
    {
        var (began, deaths) = (Stopwatch.GetTimestamp(), 0);
        for (var i = 0; i < Records; i++)
        {
            var record = new InputRecord(i, 0, [], [], leaderEpoch: 3);
            deaths += mark.Deaths(record);
            mark.Hold(record);
            mark.Release();
        }

        var time = Stopwatch.GetElapsedTime(began).TotalNanoseconds / Records;
        return deaths == 0 ? time : throw new InvalidOperationException("nothing has died");
    }
}
