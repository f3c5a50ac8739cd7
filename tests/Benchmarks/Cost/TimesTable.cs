using System.Diagnostics;
using Tidewatch.Benchmarks.Line;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>Where the time of a loop with transactions and snapshots goes, as a table.</summary>
internal static class TimesTable
{
    private const int Samples = 10_000;
    private const int Rounds = 50;

    /// <summary>The table of what <paramref name="times"/> measured at <paramref name="rate"/> observations per second.</summary>
    public static string Of(LoopTimes times, double rate)
    {
        string Row(string name, double share) => $"| {name} | {share:P0} | {share / rate * 1e9:N0} |";
        var decode = SecondsToDecode() * rate;
        return $"""
            Where the loop's one thread spends its time with transactions and snapshots, a clock around every call at its edges ({rate:N0} observations/s so measured):

            | part | share | ns an observation |
            |---|---|---|
            {Row("decoding the observation's JSON (measured by itself)", decode)}
            {Row("the rest of the engine: find the series, keep its pre-image, score, learn", times.Share(LoopPart.Apply) - decode)}
            {Row("waiting for records and taking them from the client", times.Share(LoopPart.Poll))}
            {Row("alerts and links handed to the client", times.Share(LoopPart.Produce))}
            {Row("commit: flush, offsets, EndTxn", times.Share(LoopPart.Commit))}
            {Row("the loop itself: pre-images dropped, snapshots cut and serialised", times.Share(LoopPart.Loop))}
            """;
    }

    /// <summary>Seconds to decode one observation, the best of the rounds.</summary>
    private static double SecondsToDecode()
    {
        var messages = Enumerable.Range(0, Samples).Select(i => ObservationCodec.Encode(LineInput.Of(i, i, isSpike: false))).ToArray();
        var (frame, best) = (new ObservationFrame(), double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var message in messages)
            {
                ObservationCodec.TryDecode(message, frame, out _);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds / Samples);
        }

        return best;
    }
}
