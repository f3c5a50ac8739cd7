using System.Globalization;
using System.Text;
using Tidewatch.Contracts;

namespace Tidewatch.Notifier.Channels;

/// <summary>Section <c>Notifier:Console</c>: alerts to the terminal; off by default, on in the demo.</summary>
public sealed record ConsoleOptions : ChannelOptions
{
    public ConsoleOptions() => Enabled = false;
}

/// <summary>Prints one line per alert to standard output, coloured by severity when that is a terminal.</summary>
public sealed class ConsoleChannel(TextWriter writer, bool colour) : IChannel
{
    public ConsoleChannel()
        : this(Console.Out, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
    }

    public async Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var alert in group.Alerts)
        {
            text.Append(colour ? Colour(alert) : "").Append(Line(alert)).Append(colour ? "\u001b[0m" : "").Append('\n');
        }

        await writer.WriteAsync(text, cancellationToken);
        return Delivery.Sent;
    }

    private static string Line(Alert alert)
    {
        var word = alert.State is AlertState.Opened or AlertState.Updated ? alert.Severity.ToString() : alert.State.ToString();
        var arrow = alert.Direction switch { Direction.Spike => "▲", Direction.Dip => "▼", _ => "●" };
        var expected = alert.Expected is { } range ? string.Create(CultureInfo.InvariantCulture, $" expected {range.Lower:G5} to {range.Upper:G5}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{alert.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} {word.ToUpperInvariant(),-8} {arrow} {alert.Series.Printable()} = {alert.Value:G6}{expected}, score {alert.Score:F2}");
    }

    private static string Colour(Alert alert) => alert switch
    {
        { State: not (AlertState.Opened or AlertState.Updated) } => "\u001b[32m",
        { Severity: Severity.Extreme } => "\u001b[1;31m",
        { Severity: Severity.Moderate } => "\u001b[33m",
        _ => "\u001b[36m",
    };
}
