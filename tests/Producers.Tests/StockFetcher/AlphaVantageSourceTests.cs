using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Sources;
using Tidewatch.Producers.Tests.Sources;
using Tidewatch.StockFetcher;
using Tidewatch.StockFetcher.AlphaVantage;
using Tidewatch.StockFetcher.Sources;
using Xunit;

namespace Tidewatch.Producers.Tests.StockFetcher;

public sealed class AlphaVantageSourceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly FakePublisher _publisher = new();
    private readonly LogLines<AlphaVantageSource> _log = new();
    private readonly LogLines<SourcePublisher> _serviceLog = new();
    private readonly HttpClient _http = new();
    private AlphaVantageStub _stub = null!;
    private AlphaVantageSource _source = null!;
    private SourcePublisher _service = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(default);
        _service.Dispose();
        _http.Dispose();
        await _stub.DisposeAsync();

        // Whatever a test did, the key shows nowhere.
        _log.Lines.Concat(_serviceLog.Lines).Append(_service.Trouble() ?? "").ShouldAllBe(t => !t.Contains(AlphaVantageStub.Key));
    }

    [Fact]
    public async Task Read_TwoRounds_PublishesOnlyNewBarsInOrder()
    {
        await StartAsync(
            AlphaVantageStub.Bars(("2026-03-02 10:00:00", 1), ("2026-03-02 10:05:00", 2)),
            AlphaVantageStub.Bars(("2026-03-02 10:00:00", 1), ("2026-03-02 10:05:00", 2), ("2026-03-02 10:10:00", 3), ("2026-03-02 10:15:00", 4)));
        await UntilAsync(() => Closes().Count >= 4);
        Closes().Select(o => o.Value).ShouldBe([1, 2, 3, 4]);
        Closes().Select(o => o.Time).ShouldBeInOrder();
        _publisher.Published.ShouldAllBe(p => p.Domain == "stocks");
        _publisher.Published.Select(p => p.Observation.Series).Distinct().ShouldBe(["stocks/IBM/close", "stocks/IBM/volume"]);
        _source.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task Read_BarStillOpen_WaitsUntilItIsComplete()
    {
        _time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 15, 7, 0, TimeSpan.Zero));
        await StartAsync(AlphaVantageStub.Bars(("2026-03-03 10:00:00", 1), ("2026-03-03 10:05:00", 2)));
        await Eventually.IsTrueAsync(() => Closes().Count == 1, "the complete bar");
        await UntilAsync(() => Closes().Count == 2);
        Closes().Select(o => o.Value).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Read_AnyRequest_AsksForSymbolIntervalAndKey()
    {
        await StartAsync(AlphaVantageStub.Bars(("2026-03-02 10:00:00", 1)));
        await UntilAsync(() => Closes().Count == 1);
        _stub.Asked[0].ShouldBe($"?function=TIME_SERIES_INTRADAY&symbol=IBM&interval=5min&outputsize=compact&datatype=json&apikey={AlphaVantageStub.Key}");
    }

    [Theory]
    [InlineData(AlphaVantageStub.Note, 200, "(minute)")]
    [InlineData(AlphaVantageStub.DailyLimit, 200, "(day)")]
    [InlineData("", 429, "(minute)")]
    [InlineData("", 500, "status 500")]
    [InlineData("", 503, "status 503")]
    [InlineData("", 200, "an empty body")]
    [InlineData("<html>", 200, "not JSON")]
    [InlineData("{}", 200, "neither a time series nor an error")]
    public async Task Read_PassingTrouble_IsNamedAndOver(string body, int status, string named)
    {
        await StartAsync(new(body, status), AlphaVantageStub.Bars(("2026-03-02 10:00:00", 7)));
        await UntilAsync(() => Closes().Count == 1);
        _log.Lines.ShouldHaveSingleItem().ShouldContain(named);
        Closes().Single().Value.ShouldBe(7);
        _source.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task Read_RetryAfter_IsKept()
    {
        await StartAsync(new("", 429, RetryAfter: 600), AlphaVantageStub.Bars(("2026-03-02 10:00:00", 7)));
        await Eventually.IsTrueAsync(() => _source.Trouble is not null, "the trouble");
        _source.Trouble.ShouldNotBeNull().ShouldContain("00:10:00");
        var before = _time.GetUtcNow();
        await UntilAsync(() => Closes().Count == 1);
        (_time.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(600));
    }

    [Fact]
    public async Task Read_FailuresInARow_WaitTwiceAsLongEachTime()
    {
        await StartAsync(new("", 500), new("", 500), new("", 500), AlphaVantageStub.Bars(("2026-03-02 10:00:00", 7)));
        await UntilAsync(() => Closes().Count == 1);
        _log.Lines.Select(t => t.Split("next try in ")[1]).ShouldBe(["00:00:05", "00:00:10", "00:00:20"]);
    }

    [Fact]
    public async Task Read_OneSymbolRefused_IsNotAskedAgainAndTheOtherGoesOn()
    {
        await StartWithAsync(
            new() { ApiKey = AlphaVantageStub.Key, Symbols = "NOPE,IBM" },
            new(AlphaVantageStub.BadSymbol),
            AlphaVantageStub.Bars(("2026-03-02 10:00:00", 1)),
            AlphaVantageStub.Bars(("2026-03-02 10:00:00", 1), ("2026-03-02 10:05:00", 2)));
        await UntilAsync(() => Closes().Count == 2);
        _stub.Asked.Count(a => a.Contains("symbol=NOPE")).ShouldBe(1);
        _source.Trouble.ShouldNotBeNull().ShouldContain("the API refuses NOPE: Invalid API call");
    }

    [Fact]
    public async Task Read_KeyRefused_StopsAndHealthSaysWhy()
    {
        await StartAsync(new AlphaVantageStub.Answer(AlphaVantageStub.BadKey));
        await _service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20));
        _service.Trouble().ShouldNotBeNull().ShouldContain("the parameter apikey is invalid or missing");
    }

    [Fact]
    public async Task Intraday_NoServer_IsUnavailableWithoutTheAddress()
    {
        await StartAsync(AlphaVantageStub.Bars());
        var client = new QuoteClient(_http, Options.Create(new StockFetcherOptions { ApiKey = AlphaVantageStub.Key, Url = new Uri("http://127.0.0.1:1/query") }));
        (await client.IntradayAsync("IBM", default)).ShouldBe(new QuoteAnswer.Unavailable("no connection (ConnectionError)"));
    }

    [Fact]
    public async Task Read_NoKey_EndsAtOnceAndSaysSo()
    {
        await StartWithAsync(new(), AlphaVantageStub.Bars());
        await _service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20));
        _log.Lines.ShouldHaveSingleItem().ShouldContain("TIDEWATCH_StockFetcher__ApiKey");
        _stub.Asked.ShouldBeEmpty();
    }

    private IReadOnlyList<Observation> Closes() => [.. _publisher.Published.Select(p => p.Observation).Where(o => o.Series.EndsWith("/close"))];

    private Task StartAsync(params IEnumerable<AlphaVantageStub.Answer> answers) => StartWithAsync(new() { ApiKey = AlphaVantageStub.Key }, answers);

    private async Task StartWithAsync(StockFetcherOptions options, params IEnumerable<AlphaVantageStub.Answer> answers)
    {
        _stub = await AlphaVantageStub.StartAsync(answers);
        var known = Options.Create(options with { Url = _stub.Url });
        _source = new(new QuoteClient(_http, known), known, _time, _log);
        _service = new(_source, "stock-fetcher", _publisher, _time, _serviceLog);
        await _service.StartAsync(default);
    }

    /// <summary>Lets time pass in small steps until the condition holds.</summary>
    private Task UntilAsync(Func<bool> condition) => Eventually.IsTrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return condition();
        },
        "the condition");
}
