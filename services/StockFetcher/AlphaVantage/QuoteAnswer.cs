namespace Tidewatch.StockFetcher.AlphaVantage;

/// <summary>What one request to the API came to.</summary>
public abstract record QuoteAnswer
{
    private QuoteAnswer()
    {
    }

    /// <summary>Bars, oldest first; none when the market has not traded.</summary>
    public sealed record Bars(IReadOnlyList<QuoteBar> Items) : QuoteAnswer;

    /// <summary>The API asks for fewer requests ("Note", "Information" about the rate, or status 429).</summary>
    /// <param name="Daily">The day's requests are used up, not only the minute's.</param>
    /// <param name="RetryAfter">What the API asked for; null when it did not say.</param>
    public sealed record RateLimited(bool Daily, TimeSpan? RetryAfter) : QuoteAnswer;

    /// <summary>The request will never succeed as it is: unknown symbol, bad key, premium function ("Error Message", other "Information", 4xx).</summary>
    public sealed record Refused(string Reason) : QuoteAnswer;

    /// <summary>The API or the network does not work now (5xx, no connection, time-out).</summary>
    public sealed record Unavailable(string Reason) : QuoteAnswer;

    /// <summary>The answer is not what the API's documentation promises.</summary>
    public sealed record Malformed(string Reason) : QuoteAnswer;
}
