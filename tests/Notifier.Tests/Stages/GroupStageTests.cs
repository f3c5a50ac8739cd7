using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Stages;
using Xunit;

namespace Tidewatch.Notifier.Tests.Stages;

public sealed class GroupStageTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Folder _folder = new();
    private readonly FakeChannel _channel = new();
    private readonly FakeTimeProvider _clock = new(SampleAlerts.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HandleAsync_BurstOfOneDomain_IsOneGroupNowAndOneWhenTheIntervalIsOver()
    {
        await using var handler = Handler();
        for (var i = 0; i < 10; i++)
        {
            await handler.HandleAsync([SampleAlerts.Of(i)]);
        }

        _channel.Sent.Select(g => g.Alerts.Count).ShouldBe([1]);

        _clock.Advance(Minute);
        await Until.TrueAsync(() => _channel.Sent.Count == 2);
        _channel.Sent[1].Alerts.Select(a => a.Id).ShouldBe(SampleAlerts.Many(10).Skip(1).Select(a => a.Id));
    }

    [Fact]
    public async Task HandleAsync_MoreThanAGroupLists_CountsTheRestAndKeepsTheWorst()
    {
        await using var handler = Handler();
        await handler.HandleAsync([SampleAlerts.Of(1000, severity: Severity.Extreme)]);

        await handler.HandleAsync(SampleAlerts.Many(100).Append(SampleAlerts.Of(500, severity: Severity.Extreme)));
        _clock.Advance(Minute);
        await Until.TrueAsync(() => _channel.Sent.Count == 2);

        _channel.Sent[1].Alerts.Count.ShouldBe(GroupStage.Listed);
        _channel.Sent[1].More.ShouldBe(101 - GroupStage.Listed);
        _channel.Sent[1].Alerts.ShouldContain(a => a.Severity == Severity.Extreme);
    }

    [Fact]
    public async Task HandleAsync_WorseThanWhatWasSent_GoesOutAtOnce()
    {
        await using var handler = Handler();
        await handler.HandleAsync([SampleAlerts.Of(0, severity: Severity.Mild)]);
        await handler.HandleAsync([SampleAlerts.Of(1, severity: Severity.Mild)]);

        await handler.HandleAsync([SampleAlerts.Of(2, severity: Severity.Extreme)]);

        _channel.Sent.Select(g => g.Alerts.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task HandleAsync_TwoDomains_DoNotWaitForEachOther()
    {
        await using var handler = Handler();

        await handler.HandleAsync([SampleAlerts.Of(0, domain: "hosts"), SampleAlerts.Of(1, domain: "payments")]);

        _channel.Sent.Select(g => g.Alerts[0].Domain).ShouldBe(["hosts", "payments"]);
    }

    [Fact]
    public async Task HandleAsync_WaitingAlertAgain_IsCountedOnce()
    {
        await using var handler = Handler();
        await handler.HandleAsync([SampleAlerts.Of(0)]);
        await handler.HandleAsync([SampleAlerts.Of(1)]);
        await handler.HandleAsync([SampleAlerts.Of(1)]);

        _clock.Advance(Minute);
        await Until.TrueAsync(() => _channel.Sent.Count == 2);

        _channel.Sent[1].ShouldSatisfyAllConditions(g => g.Alerts.Count.ShouldBe(1), g => g.More.ShouldBe(0));
    }

    [Fact]
    public async Task Unsettled_AlertsWait_ReachesBackToTheBatchOfTheOldest()
    {
        await using var handler = Handler();
        await handler.HandleAsync([SampleAlerts.Of(0)]);
        handler.Unsettled.ShouldBe(0);

        await handler.HandleAsync([SampleAlerts.Of(1)]);
        await handler.HandleAsync([SampleAlerts.Of(2, domain: "payments")]);
        handler.Unsettled.ShouldBe(2);

        _clock.Advance(Minute);
        await Until.TrueAsync(() => handler.Unsettled == 0);
        _channel.Sent.Sum(g => g.Alerts.Count).ShouldBe(3);
    }

    [Fact]
    public async Task DisposeAsync_AlertsWait_SendsThem()
    {
        var handler = Handler();
        await handler.HandleAsync([SampleAlerts.Of(0)]);
        await handler.HandleAsync([SampleAlerts.Of(1)]);

        await handler.DisposeAsync();

        _channel.Sent.Count.ShouldBe(2);
    }

    private ChannelHandler<FakeChannel, FakeOptions> Handler() => Lines.To(_folder, _channel, new FakeOptions { Interval = Minute }, _clock);
}
