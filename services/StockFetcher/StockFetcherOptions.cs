using System.ComponentModel.DataAnnotations;

namespace Tidewatch.StockFetcher;

/// <summary>Section <c>StockFetcher</c>: whose quotes are fetched, and how often.</summary>
public sealed record StockFetcherOptions : IValidatableObject
{
    private const string WantedBar = "1min, 5min, 15min, 30min or 60min";

    /// <summary>Key of the API, from the environment: <c>TIDEWATCH_StockFetcher__ApiKey</c>. Never logged. Empty (default) fetches nothing.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Symbols, separated by commas; default IBM.</summary>
    [Required]
    public string Symbols { get; init; } = "IBM";

    /// <summary>Length of a bar: 1min, 5min (default), 15min, 30min or 60min.</summary>
    [RegularExpression("1min|5min|15min|30min|60min", ErrorMessage = "the API knows " + WantedBar)]
    public string BarInterval { get; init; } = "5min";

    /// <summary>Time between two rounds over the symbols, 1 s to 1 day; default 1 h, with which one symbol stays under 25 requests a day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Requests in any 60 s, 1 to 10,000; default 5, the free tier's.</summary>
    [Range(1, 10_000)]
    public int RequestsPerMinute { get; init; } = 5;

    /// <summary>Requests in any 24 h, 1 to 10,000,000; default 25, the free tier's.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerDay { get; init; } = 25;

    /// <summary>First wait after a failure, doubled with each further one, 10 ms to 1 h; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait after a failure, 10 ms to 1 day; default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time an answer may take, 1 s to 5 min; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Address of the API; default https://www.alphavantage.co/query.</summary>
    [Required]
    public Uri Url { get; init; } = new("https://www.alphavantage.co/query");

    public IReadOnlyList<string> SymbolList => [.. Symbols.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SymbolList.Count == 0)
        {
            yield return new($"'{Symbols}' names no symbol: give some, separated by commas", [nameof(Symbols)]);
        }

        foreach (var symbol in SymbolList.Where(s => s.Length > 32 || s.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or ':' or '^' or '='))))
        {
            yield return new($"'{symbol}' is no symbol: letters, digits, '.', '-', ':', '^', '=', at most 32", [nameof(Symbols)]);
        }

        if (!Url.IsAbsoluteUri || Url.Query.Length > 0)
        {
            yield return new("the address must be absolute and without a query", [nameof(Url)]);
        }
    }
}
