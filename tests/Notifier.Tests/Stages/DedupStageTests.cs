using Shouldly;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Stages;
using Xunit;

namespace Tidewatch.Notifier.Tests.Stages;

public sealed class DedupStageTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly FakeChannel _channel = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HandleAsync_SameAlertsAfterRestart_AreNotSentAgain()
    {
        await Lines.To(_folder, _channel, new FakeOptions()).HandleAsync(SampleAlerts.Many(3));

        await Lines.To(_folder, _channel, new FakeOptions()).HandleAsync(SampleAlerts.Many(5));

        _channel.Sent.Select(g => g.Alerts.Count).ShouldBe([3, 2]);
    }

    [Fact]
    public async Task HandleAsync_LogTornByACrash_KeepsTheWholeIds()
    {
        await Lines.To(_folder, _channel, new FakeOptions()).HandleAsync(SampleAlerts.Many(3));
        using (var log = new FileStream(_folder[".fake.sent"], FileMode.Open))
        {
            log.SetLength(log.Length - 5);
        }

        await Lines.To(_folder, _channel, new FakeOptions()).HandleAsync(SampleAlerts.Many(3));
        await Lines.To(_folder, _channel, new FakeOptions()).HandleAsync(SampleAlerts.Many(3));

        _channel.Sent.Select(g => g.Alerts.Count).ShouldBe([3, 1]);
    }

    [Fact]
    public async Task HandleAsync_BytesThatAreNoAlert_ArePassedOver()
    {
        var handler = Lines.To(_folder, _channel, new FakeOptions());
        var good = SampleAlerts.Record(SampleAlerts.Of(0));

        await handler.HandleAsync([good with { Value = "{"u8.ToArray() }, good with { Value = null }, good with { Value = "{}"u8.ToArray() }, good], default);

        _channel.Sent.ShouldHaveSingleItem().Alerts.ShouldHaveSingleItem();
    }

    [Fact]
    public void Open_LongLog_KeepsTheNewest()
    {
        File.WriteAllLines(_folder["log"], Enumerable.Range(0, DeliveryLog.Kept + 10).Select(i => $"id{i}"));

        var log = DeliveryLog.Open(_folder["log"]);

        log.Contains("id9").ShouldBeFalse();
        log.Contains("id10").ShouldBeTrue();
        log.Contains($"id{DeliveryLog.Kept + 9}").ShouldBeTrue();
    }
}
