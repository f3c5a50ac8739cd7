using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace Tidewatch.StockFetcher.AlphaVantage;

/// <summary>Asks Alpha Vantage for intraday bars. Every way it can go is a <see cref="QuoteAnswer"/>; none carries the key.</summary>
public sealed class QuoteClient(HttpClient http, IOptions<StockFetcherOptions> options)
{
    private readonly StockFetcherOptions _options = options.Value;

    /// <summary>The latest bars of <paramref name="symbol"/>.</summary>
    public async Task<QuoteAnswer> IntradayAsync(string symbol, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(Address(symbol), cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => QuoteReader.Read(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken)), _options.ApiKey),
                HttpStatusCode.TooManyRequests => new QuoteAnswer.RateLimited(Daily: false, answer.Headers.RetryAfter?.Delta),
                >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => new QuoteAnswer.Unavailable($"status {(int)answer.StatusCode}"),
                var status => new QuoteAnswer.Refused($"status {(int)status}"),
            };
        }
        catch (HttpRequestException e)
        {
            // The exception's own message could hold the address, and with it the key.
            return new QuoteAnswer.Unavailable($"no connection ({e.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new QuoteAnswer.Unavailable($"no answer within {http.Timeout.TotalSeconds:0} s");
        }
    }

    private Uri Address(string symbol) => new(
        $"{_options.Url}?function=TIME_SERIES_INTRADAY&symbol={Uri.EscapeDataString(symbol)}&interval={_options.BarInterval}&outputsize=compact&datatype=json&apikey={Uri.EscapeDataString(_options.ApiKey)}");
}
