using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Xunit;

namespace Tidewatch.Notifier.Tests.Stages;

public sealed class RouteStageTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly FakeChannel _channel = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Severity.Mild, 3)]
    [InlineData(Severity.Moderate, 2)]
    [InlineData(Severity.Extreme, 1)]
    public async Task HandleAsync_MinimumSeverity_LetsThatAndWorseThrough(Severity minimum, int sent)
    {
        Severity[] severities = [Severity.Mild, Severity.Moderate, Severity.Extreme];

        await Lines.To(_folder, _channel, new FakeOptions { MinimumSeverity = minimum }).HandleAsync(severities.Select((s, i) => SampleAlerts.Of(i, severity: s)));

        _channel.Sent.ShouldHaveSingleItem().Alerts.Select(a => a.Severity).ShouldBe(severities[^sent..]);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 5)]
    public async Task HandleAsync_Endings_OnlyWhenAskedFor(bool endings, int sent)
    {
        await Lines.To(_folder, _channel, new FakeOptions { Endings = endings })
            .HandleAsync(Enum.GetValues<AlertState>().Select((s, i) => SampleAlerts.Of(i) with { State = s }));

        _channel.Sent.ShouldHaveSingleItem().Alerts.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task HandleAsync_NothingWanted_SendsNothing()
    {
        await Lines.To(_folder, _channel, new FakeOptions { MinimumSeverity = Severity.Extreme }).HandleAsync([SampleAlerts.Of(0)]);

        _channel.Tries.ShouldBe(0);
    }
}
