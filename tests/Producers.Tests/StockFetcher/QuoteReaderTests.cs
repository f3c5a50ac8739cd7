using Shouldly;
using Tidewatch.StockFetcher.AlphaVantage;
using Xunit;

namespace Tidewatch.Producers.Tests.StockFetcher;

public sealed class QuoteReaderTests
{
    [Fact]
    public void Read_Bars_AreInUtcAndOldestFirstAlsoAcrossDaylightSaving()
    {
        var answer = Read(AlphaVantageStub.Bars(("2026-03-06 19:55:00", 250.5), ("2026-03-09 04:00:00", 251.25)).Body);
        var bars = answer.ShouldBeOfType<QuoteAnswer.Bars>().Items;
        bars.Select(b => (b.Time, b.Close)).ShouldBe(
        [
            (new DateTimeOffset(2026, 3, 7, 0, 55, 0, TimeSpan.Zero), 250.5),
            (new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.Zero), 251.25),
        ]);
        bars[0].ShouldBe(new QuoteBar(bars[0].Time, 1, 2, 0.5, 250.5, 1_200));
    }

    [Fact]
    public void Read_NoteAboutCallsPerMinute_IsTheMinutesLimit() =>
        Read(AlphaVantageStub.Note).ShouldBe(new QuoteAnswer.RateLimited(Daily: false, RetryAfter: null));

    [Fact]
    public void Read_InformationAboutRequestsPerDay_IsTheDaysLimit() =>
        Read(AlphaVantageStub.DailyLimit).ShouldBe(new QuoteAnswer.RateLimited(Daily: true, RetryAfter: null));

    [Theory]
    [InlineData(AlphaVantageStub.BadKey)]
    [InlineData(AlphaVantageStub.BadSymbol)]
    [InlineData(AlphaVantageStub.Premium)]
    public void Read_ErrorOrPremium_IsRefusedAndNeverShowsTheKey(string json) =>
        Read(json).ShouldBeOfType<QuoteAnswer.Refused>().Reason.ShouldNotContain(AlphaVantageStub.Key);

    [Fact]
    public void Read_MetaDataWithoutBars_IsNoBars() =>
        Read("""{"Meta Data": {"6. Time Zone": "US/Eastern"}}""").ShouldBeOfType<QuoteAnswer.Bars>().Items.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("<html>502</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Time Series (5min)": {}}""")]
    [InlineData("""{"Meta Data": {"6. Time Zone": "Moon/Sea"}, "Time Series (5min)": {}}""")]
    [InlineData("""{"Meta Data": [], "Time Series (5min)": {}}""")]
    [InlineData("""{"Meta Data": {}, "Time Series (5min)": []}""")]
    [InlineData("""{"Meta Data": {}, "Time Series (5min)": {"yesterday": {"4. close": "1"}}}""")]
    [InlineData("""{"Meta Data": {}, "Time Series (5min)": {"2026-03-02 10:00:00": {"4. close": "1"}}}""")]
    [InlineData("""{"Meta Data": {}, "Time Series (5min)": {"2026-03-02 10:00:00": {"1. open": "1", "2. high": "1", "3. low": "1", "4. close": "NaN", "5. volume": "1"}}}""")]
    [InlineData("""{"Meta Data": {}, "Time Series (5min)": {"2026-03-02 10:00:00": 5}}""")]
    public void Read_AnythingElse_IsMalformedWithAReason(string json) => Read(json).ShouldBeOfType<QuoteAnswer.Malformed>().Reason.ShouldNotBeEmpty();

    private static QuoteAnswer Read(string json) => QuoteReader.Read(json, AlphaVantageStub.Key);
}
