using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Api.Streaming;
using Xunit;

namespace Tidewatch.Api.Tests.Streaming;

public sealed class SubscriptionTests
{
    private readonly LiveFeed _feed = new(Options.Create(new ApiOptions { StreamQueue = 10 }));

    [Fact]
    public async Task Take_SlowReader_LosesOldPointsAndNoAlerts()
    {
        using var subscription = _feed.Subscribe([]);
        for (var i = 0; i < 100; i++)
        {
            _feed.Publish(Samples.Point("a", i));
            _feed.Publish(Samples.Alert($"{i}"));
        }

        var batch = (await subscription.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        batch.Points.Select(p => p.Time).ShouldBe(Enumerable.Range(90, 10).Select(i => Samples.Start.AddSeconds(i)));
        batch.Dropped.ShouldBe(90);
        batch.Alerts.Select(a => a.Id).ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Take_ReaderThatLeavesTooManyAlerts_IsCutOff()
    {
        using var subscription = _feed.Subscribe([]);
        for (var i = 0; i <= Subscription.MostAlerts; i++)
        {
            _feed.Publish(Samples.Alert($"{i}"));
        }

        (await subscription.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Take_SomeSeries_GivesTheirPointsAndEveryAlert()
    {
        using var subscription = _feed.Subscribe(["a"]);
        _feed.Publish(Samples.Point("a", 1));
        _feed.Publish(Samples.Point("b", 1));
        _feed.Publish(Samples.Alert("1", "b"));

        var batch = (await subscription.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        batch.Points.Single().Series.ShouldBe("a");
        batch.Alerts.Count.ShouldBe(1);
    }

    [Fact]
    public void Dispose_Subscription_IsForgotten()
    {
        var subscription = _feed.Subscribe([]);
        _feed.Count.ShouldBe(1);
        subscription.Dispose();
        _feed.Count.ShouldBe(0);
        Should.NotThrow(() => subscription.Offer(Samples.Point("a", 1)));
    }
}
