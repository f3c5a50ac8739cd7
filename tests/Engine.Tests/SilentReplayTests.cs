using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

/// <summary>A replay leads to the state, and works nothing out that only a reader of its alerts would see.</summary>
public sealed class SilentReplayTests
{
    private const int Warm = 2_000;
    private const int Measured = 400;
    private static readonly EngineSettings Ensemble = new() { Detectors = ["z-score", "ewma", "iqr"], WarmUp = 20, ResolveAfter = 3 };
    private readonly byte[][] _messages = [.. Enumerable.Range(0, Warm + Measured).Select(Message)];

    [Fact]
    public void Apply_SpikesInSilence_AllocatesNothing()
    {
        var (live, silent) = (new EngineBench(Ensemble), new EngineBench(Ensemble));
        silent.Output.IsLive = false;
        Feed(live, 0, Warm);
        Feed(silent, 0, Warm);

        Allocated(() => Feed(live, Warm, Warm + Measured)).ShouldBeGreaterThan(0);
        Allocated(() => Feed(silent, Warm, Warm + Measured)).ShouldBe(0);
        live.Output.Alerts.Count(a => a.Contributions?.Features is not null && a.Interval is not null).ShouldBeGreaterThan(Measured / 50);
    }

    [Fact]
    public void Apply_LiveAfterSilence_GivesTheSameStateAndAlerts()
    {
        var (live, replayed) = (new EngineBench(Ensemble), new EngineBench(Ensemble));
        Feed(live, 0, Warm);
        live.Output.Alerts.Clear();
        replayed.Output.IsLive = false;
        Feed(replayed, 0, Warm);
        replayed.Output.IsLive = true;
        replayed.Engine.StateHash().ShouldBe(live.Engine.StateHash());

        Feed(live, Warm, Warm + Measured);
        Feed(replayed, Warm, Warm + Measured);
        replayed.Engine.StateHash().ShouldBe(live.Engine.StateHash());
        replayed.Output.Alerts.Select(AlertCodec.Encode).ShouldBe(live.Output.Alerts.Select(AlertCodec.Encode));
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Feed(EngineBench bench, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            bench.Engine.Apply(new InputRecord(i, EngineBench.Now.ToUnixTimeMilliseconds(), default, _messages[i]), bench.Output);
        }
    }

    /// <summary>Three features, of which one leaps every fifty observations.</summary>
    private static byte[] Message(int i) => ObservationCodec.Encode(new Observation
    {
        Series = "s",
        Time = EngineBench.Now.AddSeconds(i - 5_000),
        Features = new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = EngineBench.Normal(i), ["b"] = EngineBench.Normal(i * 7) + (i % 50 == 49 ? 90 : 0), ["c"] = EngineBench.Normal(i * 3) },
    });
}
