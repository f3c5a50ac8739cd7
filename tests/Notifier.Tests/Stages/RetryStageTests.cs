using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Stages;
using Xunit;

namespace Tidewatch.Notifier.Tests.Stages;

public sealed class RetryStageTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly FakeChannel _channel = new();
    private readonly ChannelHealth<FakeChannel> _health = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HandleAsync_AwayThenBack_SendsOnceAndIsHealthyAgain()
    {
        _channel.Answer = attempt => attempt < 3 ? Delivery.Retryable("no route") : Delivery.Sent;

        await Handler().HandleAsync(SampleAlerts.Many(2));

        _channel.Sent.ShouldHaveSingleItem().Alerts.Count.ShouldBe(2);
        (await StatusAsync()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task HandleAsync_StaysAway_ThrowsSoThatTheOffsetStays()
    {
        _channel.Answer = _ => Delivery.Retryable("no route");
        var handler = Handler();

        (await Should.ThrowAsync<ChannelAwayException>(() => handler.HandleAsync(SampleAlerts.Many(2)))).Message.ShouldContain("no route");
        (await StatusAsync()).ShouldSatisfyAllConditions(h => h.Status.ShouldBe(HealthStatus.Unhealthy), h => h.Description.ShouldBe("no route"));
        _channel.Tries.ShouldBe(RetryStage.Tries);

        _channel.Answer = _ => Delivery.Sent;
        await handler.HandleAsync(SampleAlerts.Many(2));
        _channel.Sent.ShouldHaveSingleItem().Alerts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task HandleAsync_Rejected_IsNotTriedAgainAndShows()
    {
        _channel.Answer = _ => Delivery.Rejected("never");
        var handler = Handler();

        await handler.HandleAsync(SampleAlerts.Many(1));
        await handler.HandleAsync(SampleAlerts.Many(1));

        _channel.Tries.ShouldBe(1);
        (await StatusAsync()).Description.ShouldBe("never");
    }

    private ChannelHandler<FakeChannel, FakeOptions> Handler() => Lines.To(_folder, _channel, new FakeOptions(), health: _health);

    private Task<HealthCheckResult> StatusAsync() => _health.CheckHealthAsync(new HealthCheckContext());
}
