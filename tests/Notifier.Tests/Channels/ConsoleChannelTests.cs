using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Xunit;

namespace Tidewatch.Notifier.Tests.Channels;

public sealed class ConsoleChannelTests
{
    [Fact]
    public async Task SendAsync_NoTerminal_PrintsOnePlainLineEach() =>
        (await PrintAsync(colour: false, SampleAlerts.Of(0), SampleAlerts.Of(1) with { Direction = Direction.Dip, Severity = Severity.Extreme, Expected = null })).ShouldBe(
            "2026-03-01 12:00:00 MODERATE ▲ hosts/web-1/cpu = 93.5 expected 10 to 30, score 0.97\n" +
            "2026-03-01 12:00:01 EXTREME  ▼ hosts/web-1/cpu = 93.5, score 0.97\n");

    [Fact]
    public async Task SendAsync_Terminal_ColoursAndResets()
    {
        var line = await PrintAsync(colour: true, SampleAlerts.Of(0, severity: Severity.Extreme));

        line.ShouldStartWith("\u001b[1;31m");
        line.ShouldEndWith("\u001b[0m\n");
    }

    [Fact]
    public async Task SendAsync_SeriesWithEscapeSequence_CannotSteerTheTerminal()
    {
        var line = await PrintAsync(colour: false, SampleAlerts.Of(0, "a\u001b[2J\nb"));

        line.ShouldNotContain('\u001b');
        line.Count(c => c == '\n').ShouldBe(1);
    }

    private static async Task<string> PrintAsync(bool colour, params Alert[] alerts)
    {
        using var writer = new StringWriter();
        (await new ConsoleChannel(writer, colour).SendAsync(new AlertGroup(alerts), default)).ShouldBe(Delivery.Sent);
        return writer.ToString();
    }
}
