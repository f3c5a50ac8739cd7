using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Sources;
using Tidewatch.StockFetcher.AlphaVantage;

namespace Tidewatch.StockFetcher.Sources;

/// <summary>New intraday bars of each symbol, in order, as series <c>stocks/&lt;symbol&gt;/close</c> and <c>stocks/&lt;symbol&gt;/volume</c>.</summary>
public sealed partial class AlphaVantageSource(QuoteClient client, IOptions<StockFetcherOptions> options, TimeProvider time, ILogger<AlphaVantageSource> logger) : ISource
{
    private static readonly TimeSpan MinutePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DayPause = TimeSpan.FromHours(1);
    private readonly StockFetcherOptions _options = options.Value;
    private readonly Dictionary<string, DateTimeOffset> _lastBar = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _troubles = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly RequestBudget _budget = new(options.Value.RequestsPerMinute, options.Value.RequestsPerDay, time);
    private volatile string? _trouble;
    private int _failures;

    public string Name => "alpha-vantage";

    public string? Trouble => _trouble;

    public async IAsyncEnumerable<SourcedObservation> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_options.ApiKey.Length == 0)
        {
            LogNoKey();
            yield break;
        }

        while (true)
        {
            var begun = time.GetUtcNow();
            foreach (var symbol in _options.SymbolList.Where(s => !_refused.Contains(s)))
            {
                foreach (var bar in await FetchAsync(symbol, cancellationToken))
                {
                    yield return Of(symbol, "close", bar.Time, bar.Close, "price");
                    yield return Of(symbol, "volume", bar.Time, bar.Volume, "shares");
                    _lastBar[symbol] = bar.Time;
                }
            }

            if (_refused.Count == _options.SymbolList.Count)
            {
                throw new SourceStoppedException($"no symbol is left to ask for: {_trouble}");
            }

            await DelayAsync(begun + _options.Interval - time.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Asks until there is an answer to live with: bars not published yet, or none because the symbol was refused.</summary>
    private async Task<IReadOnlyList<QuoteBar>> FetchAsync(string symbol, CancellationToken cancellationToken)
    {
        while (true)
        {
            await DelayAsync(_budget.Wait(), cancellationToken);
            _budget.Spend();
            var answer = await client.IntradayAsync(symbol, cancellationToken);
            switch (answer)
            {
                case QuoteAnswer.Bars bars:
                    _failures = 0;
                    Report(symbol, trouble: null);
                    return Fresh(symbol, bars.Items);

                case QuoteAnswer.Refused refused:
                    _refused.Add(symbol);
                    Report(symbol, $"the API refuses {symbol}: {refused.Reason}; it is not asked for again");
                    return [];

                case QuoteAnswer.RateLimited limited:
                    var pause = limited.RetryAfter ?? (limited.Daily ? DayPause : MinutePause);
                    _budget.Block(pause);
                    Report(symbol, $"the API asks for fewer requests ({(limited.Daily ? "day" : "minute")}); next in {pause}");
                    break;

                case QuoteAnswer.Unavailable unavailable:
                    BackOff(symbol, $"the API is not available: {unavailable.Reason}");
                    break;

                case QuoteAnswer.Malformed malformed:
                    BackOff(symbol, $"the API's answer for {symbol} cannot be read: {malformed.Reason}");
                    return [];

                default:
                    throw new NotSupportedException(answer.GetType().Name);
            }
        }
    }

    /// <summary>The last bar of an answer is still growing while its interval runs, so it waits for the next round.</summary>
    private IReadOnlyList<QuoteBar> Fresh(string symbol, IReadOnlyList<QuoteBar> bars)
    {
        var length = TimeSpan.FromMinutes(int.Parse(_options.BarInterval[..^3], System.Globalization.CultureInfo.InvariantCulture));
        var after = _lastBar.GetValueOrDefault(symbol, DateTimeOffset.MinValue);
        return [.. bars.Where(b => b.Time > after && b.Time + length <= time.GetUtcNow())];
    }

    private void BackOff(string symbol, string reason)
    {
        var wait = _options.FirstBackOff * Math.Pow(2, Math.Min(_failures++, 20));
        wait = wait < _options.LongestBackOff ? wait : _options.LongestBackOff;
        _budget.Block(wait);
        Report(symbol, $"{reason}; next try in {wait}");
    }

    private void Report(string symbol, string? trouble)
    {
        if (trouble is null)
        {
            _troubles.Remove(symbol);
        }
        else
        {
            _troubles[symbol] = trouble;
            LogTrouble(trouble);
        }

        _trouble = _troubles.Count == 0 ? null : string.Join("; ", _troubles.Values);
    }

    private Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken) => wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;

    private static SourcedObservation Of(string symbol, string measure, DateTimeOffset at, double value, string unit) => new("stocks", new Observation
    {
        Series = $"stocks/{symbol}/{measure}",
        Time = at,
        Value = value,
        Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["symbol"] = symbol, ["unit"] = unit },
    });

    [LoggerMessage(440, LogLevel.Warning, "no API key (TIDEWATCH_StockFetcher__ApiKey): no quotes are fetched")]
    private partial void LogNoKey();

    [LoggerMessage(441, LogLevel.Warning, "{Trouble}")]
    private partial void LogTrouble(string trouble);
}
