using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tidewatch.Producers.Tests.StockFetcher;

/// <summary>A server on a free loopback port that gives one prepared answer after the other, the last one for ever.</summary>
internal sealed class AlphaVantageStub : IAsyncDisposable
{
    public const string Key = "S3CRETKEY0123";

    // The shapes are those of the API's documentation and of its answers to a free key.
    public const string Note = """{"Note": "Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 25 calls per day. Please visit https://www.alphavantage.co/premium/ if you would like to target a higher API call frequency."}""";
    public const string DailyLimit = """{"Information": "We have detected your API key as S3CRETKEY0123 and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to instantly remove all daily rate limits."}""";
    public const string BadKey = """{"Error Message": "the parameter apikey is invalid or missing. Please claim your free API key on (https://www.alphavantage.co/support/#api-key). Yours was S3CRETKEY0123."}""";
    public const string BadSymbol = """{"Error Message": "Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for TIME_SERIES_INTRADAY."}""";
    public const string Premium = """{"Information": "Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to instantly unlock all premium endpoints"}""";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Answer> _answers;
    private readonly ConcurrentQueue<string> _asked = new();
    private Answer _last = new(Body: "");

    private AlphaVantageStub(IEnumerable<Answer> answers)
    {
        _answers = new(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/query", AnswerAsync);
    }

    public IReadOnlyList<string> Asked => [.. _asked];

    public Uri Url { get; private set; } = null!;

    public static async Task<AlphaVantageStub> StartAsync(params IEnumerable<Answer> answers)
    {
        var stub = new AlphaVantageStub(answers);
        await stub._app.StartAsync();
        stub.Url = new Uri(stub._app.Urls.First() + "/query");
        return stub;
    }

    /// <summary>An answer with the given bars (local New York time, close), newest first as the API sends them.</summary>
    public static Answer Bars(params IEnumerable<(string Time, double Close)> bars) => new($$"""
        {"Meta Data": {"1. Information": "Intraday (5min) open, high, low, close prices and volume", "2. Symbol": "IBM", "3. Last Refreshed": "2026-03-02 19:55:00",
          "4. Interval": "5min", "5. Output Size": "Compact", "6. Time Zone": "US/Eastern"},
         "Time Series (5min)": {
        {{string.Join(",\n", bars.OrderByDescending(b => b.Time, StringComparer.Ordinal).Select(Bar))}}
         }
        }
        """);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Bar((string Time, double Close) bar) =>
        $$"""  "{{bar.Time}}": {"1. open": "1.0", "2. high": "2.0", "3. low": "0.5", "4. close": "{{bar.Close}}", "5. volume": "1200" }""";

    private async Task AnswerAsync(HttpContext context)
    {
        _asked.Enqueue(context.Request.QueryString.Value!);
        _last = _answers.TryDequeue(out var next) ? next : _last;
        context.Response.StatusCode = _last.Status;
        if (_last.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        await context.Response.WriteAsync(_last.Body);
    }

    internal sealed record Answer(string Body, int Status = 200, int? RetryAfter = null);
}
