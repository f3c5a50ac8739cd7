using System.Globalization;
using System.Text.Json;

namespace Tidewatch.StockFetcher.AlphaVantage;

/// <summary>Reads the body of a TIME_SERIES_INTRADAY answer, which comes with status 200 also when it is an error.</summary>
public static class QuoteReader
{
    private const string Series = "Time Series (";
    private const string TimeZone = "6. Time Zone";

    /// <param name="json">The body.</param>
    /// <param name="secret">Removed from everything that is quoted: some answers repeat the key.</param>
    public static QuoteAnswer Read(string json, string secret)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? ReadObject(root, secret) : new QuoteAnswer.Malformed($"a JSON {root.ValueKind}, not an object");
        }
        catch (JsonException e)
        {
            return new QuoteAnswer.Malformed(json.Length == 0 ? "an empty body" : $"not JSON at byte {e.BytePositionInLine}");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException)
        {
            return new QuoteAnswer.Malformed(e.Message);
        }
    }

    private static QuoteAnswer ReadObject(JsonElement root, string secret)
    {
        if (Text(root, "Error Message") is { } error)
        {
            return new QuoteAnswer.Refused(Clean(error, secret));
        }

        if ((Text(root, "Note") ?? Text(root, "Information")) is { } note)
        {
            return IsAboutRate(note)
                ? new QuoteAnswer.RateLimited(note.Contains("per day", StringComparison.OrdinalIgnoreCase) && !note.Contains("per minute", StringComparison.OrdinalIgnoreCase), RetryAfter: null)
                : new QuoteAnswer.Refused(Clean(note, secret));
        }

        var series = root.EnumerateObject().FirstOrDefault(p => p.Name.StartsWith(Series, StringComparison.Ordinal));
        if (series.Value.ValueKind == JsonValueKind.Undefined)
        {
            return root.TryGetProperty("Meta Data", out _)
                ? new QuoteAnswer.Bars([])
                : new QuoteAnswer.Malformed("neither a time series nor an error: " + string.Join(", ", root.EnumerateObject().Select(p => Clean(p.Name, secret)).Take(5)));
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Text(root.GetProperty("Meta Data"), TimeZone) ?? "US/Eastern");
        return new QuoteAnswer.Bars([.. series.Value.EnumerateObject().Select(p => Bar(p, zone)).OrderBy(b => b.Time)]);
    }

    private static QuoteBar Bar(JsonProperty bar, TimeZoneInfo zone)
    {
        var local = DateTime.ParseExact(bar.Name, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var time = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return new(time, Number(bar, "1. open"), Number(bar, "2. high"), Number(bar, "3. low"), Number(bar, "4. close"), Number(bar, "5. volume"));
    }

    private static double Number(JsonProperty bar, string field)
    {
        var text = Text(bar.Value, field) ?? throw new FormatException($"the bar {bar.Name} has no {field}");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"the bar {bar.Name} has a {field} that is no number");
    }

    private static bool IsAboutRate(string note) =>
        note.Contains("call frequency", StringComparison.OrdinalIgnoreCase)
        || note.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
        || note.Contains("requests per", StringComparison.OrdinalIgnoreCase)
        || note.Contains("request per", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Clean(string text, string secret)
    {
        var clean = secret.Length > 0 ? text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase) : text;
        return clean.Length > 200 ? clean[..200] + "…" : clean;
    }
}
