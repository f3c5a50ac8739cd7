namespace Tidewatch.Notifier.Channels;

/// <summary>Names that come from producers, made safe for a terminal and for a mail's header.</summary>
internal static class PrintableText
{
    /// <summary>The text with each control character as U+FFFD: none of it can move a cursor or begin a new line.</summary>
    public static string Printable(this string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
