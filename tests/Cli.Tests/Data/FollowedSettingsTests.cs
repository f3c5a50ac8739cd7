using Shouldly;
using Tidewatch.Cli.Data;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Cli.Tests.Data;

/// <summary>Which settings a checked replay goes through.</summary>
public sealed class FollowedSettingsTests
{
    private static readonly EngineRules Old = new(new EngineSettings { Detector = "z-score" });
    private static readonly EngineRules New = new(new EngineSettings { Detector = "ewma" });

    [Fact]
    public void Of_ChainThatChanged_GoesThroughBothAtTheOffset()
    {
        var followed = FollowedSettings.Of(Changed(), New, hash => hash == Old.ConfigHash ? Old.Text : null);
        followed.First.ConfigHash.ShouldBe(Old.ConfigHash);
        followed.History.Entries.ShouldBe([new(0, Old.ConfigHash), new(10, New.ConfigHash)]);
        AlertsOf(followed).ShouldBe(["z-score"], "the spike before the change is judged as it was then, and the series begins anew at the change");
    }

    [Fact]
    public void Of_TextThatWasNotKept_GoesThroughTheGivenAlone() => Alone(FollowedSettings.Of(Changed(), New, _ => null));

    [Fact]
    public void Of_TextThatMakesOtherSettings_GoesThroughTheGivenAlone() => Alone(FollowedSettings.Of(Changed(), New, _ => New.Text));

    [Fact]
    public void Of_TextThatIsNone_GoesThroughTheGivenAlone() => Alone(FollowedSettings.Of(Changed(), New, _ => "{\"detektor\":1}"));

    [Fact]
    public void Of_ChainThatEndsUnderOtherSettings_GoesThroughTheGivenAlone() => Alone(FollowedSettings.Of([.. Changed().Take(1)], New, _ => Old.Text));

    [Fact]
    public void Of_NoChain_GoesThroughTheGivenAlone() => Alone(FollowedSettings.Of([], New, _ => Old.Text));

    private static void Alone(FollowedSettings followed)
    {
        followed.First.ShouldBeSameAs(New);
        followed.History.Entries.ShouldBe([new(0, New.ConfigHash)]);
    }

    /// <summary>The detectors of the alerts that open on a series with a spike at either side of the change.</summary>
    private static List<string> AlertsOf(FollowedSettings followed)
    {
        const int change = 200;
        var alerts = new List<string>();
        var run = new OfflineRun(new EngineScope("id", "topic", 0, "hosts"), followed.First) { OnAlert = a => alerts.AddRange(a.State == AlertState.Opened ? [a.Detector] : []) };
        for (var i = 0; i < change + 5; i++)
        {
            followed.Before(run, i < change ? 9 : 10);
            var value = i is change - 50 or change + 3 ? 1e6 : 50 + (i * 37 % 11);
            var observation = new Observation { Series = "a", Time = DateTimeOffset.UnixEpoch.AddMinutes(i), Value = value };
            run.Apply(new OfflineRecord(i, -1, [], Contracts.Codecs.ObservationCodec.Encode(observation)));
        }

        run.Complete();
        return alerts;
    }

    private static IReadOnlyList<ProgressRecord> Changed() =>
    [
        Link(0, 10, Old),
        Link(10, 20, New) with { Configs = [new(0, Old.ConfigHash), new(10, New.ConfigHash)] },
    ];

    private static ProgressRecord Link(long from, long to, EngineRules rules) => new()
    {
        Topic = "topic", TopicId = "id", Partition = 0, PartitionCount = 1, From = from, To = to, Records = (int)(to - from), Alerts = 0, AlertIdsXor = 0, Rejected = 0,
        ConfigHash = rules.ConfigHash, EngineVersion = 1, Owner = "test",
    };
}
