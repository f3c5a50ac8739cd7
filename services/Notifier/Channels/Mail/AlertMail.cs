using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using Tidewatch.Contracts;

namespace Tidewatch.Notifier.Channels.Mail;

/// <summary>Writes a group of alerts as one mail, plain text and HTML.</summary>
internal static class AlertMail
{
    /// <summary>The Message-ID follows from the group's key: a mail sent twice is known as the same one.</summary>
    public static MimeMessage Write(AlertGroup group, EmailOptions options, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(options.From);
        var mail = new MimeMessage
        {
            Subject = Subject(group),
            Date = now,
            MessageId = $"{group.Key}@{from.Domain}",
            Body = new BodyBuilder { TextBody = Text(group), HtmlBody = Html(group) }.ToMessageBody(),
        };
        mail.From.Add(from);
        mail.To.AddRange(InternetAddressList.Parse(options.To));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    private static string Subject(AlertGroup group)
    {
        var worst = group.Alerts.MaxBy(a => a.Severity)!;
        var others = group.Alerts.Count - 1 + group.More;
        return string.Create(CultureInfo.InvariantCulture, $"[{Word(worst)}] {worst.Series.Printable()} = {worst.Value:G6}{(others > 0 ? $" and {others} more" : "")}");
    }

    private static string Text(AlertGroup group)
    {
        var text = new StringBuilder();
        foreach (var alert in group.Alerts)
        {
            foreach (var (name, value) in Lines(alert))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name + ":",-10} {value.Printable()}\n");
            }

            text.Append('\n');
        }

        return text.Append(More(group)).ToString();
    }

    private static string Html(AlertGroup group)
    {
        var html = new StringBuilder("<html><body style=\"font-family:sans-serif\">");
        foreach (var alert in group.Alerts)
        {
            html.Append("<table style=\"margin-bottom:1em\">");
            foreach (var (name, value) in Lines(alert))
            {
                html.Append("<tr><th align=\"left\">").Append(name).Append("</th><td>").Append(WebUtility.HtmlEncode(value.Printable())).Append("</td></tr>");
            }

            html.Append("</table>");
        }

        return html.Append("<p>").Append(More(group)).Append("</p></body></html>").ToString();
    }

    private static string More(AlertGroup group) => group.More == 0 ? "" : $"{group.More} further alerts in this time are not listed.";

    private static IEnumerable<(string Name, string Value)> Lines(Alert alert)
    {
        yield return ("Severity", Word(alert));
        yield return ("Series", alert.Series);
        yield return ("Time", alert.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture));
        yield return ("Value", alert.Value.ToString("G9", CultureInfo.InvariantCulture));
        if (alert.Expected is { } range)
        {
            yield return ("Expected", string.Create(CultureInfo.InvariantCulture, $"{range.Lower:G6} to {range.Upper:G6}"));
        }

        if (alert.ZScore is { } z)
        {
            yield return ("Z-score", z.ToString("F2", CultureInfo.InvariantCulture));
        }

        yield return ("Score", alert.Score.ToString("F3", CultureInfo.InvariantCulture));
        yield return ("Type", alert.Direction.ToString().ToLowerInvariant());
        yield return ("Detector", alert.Detector);
        yield return ("Why", alert.Reason);
        yield return ("Alert", alert.Id);
    }

    private static string Word(Alert alert) =>
        (alert.State is AlertState.Opened or AlertState.Updated ? alert.Severity.ToString() : alert.State.ToString()).ToLowerInvariant();
}
