namespace Tidewatch.StockFetcher.AlphaVantage;

/// <summary>One bar of trading.</summary>
/// <param name="Time">Its start, UTC.</param>
/// <param name="Open">First price, in the share's currency.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares traded.</param>
public sealed record QuoteBar(DateTimeOffset Time, double Open, double High, double Low, double Close, double Volume);
