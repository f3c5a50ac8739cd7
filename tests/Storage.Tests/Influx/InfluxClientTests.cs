using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Storage.Influx;
using Xunit;

namespace Tidewatch.Storage.Tests.Influx;

public sealed class InfluxClientTests : IAsyncLifetime
{
    private const string Token = "a-secret-token";
    private InfluxStub _stub = null!;

    public async ValueTask InitializeAsync() => _stub = await InfluxStub.StartAsync();

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    [Fact]
    public async Task WriteAsync_MoreLinesThanABatch_SendsBatchesInOrderWithTheToken()
    {
        using var client = Client(batch: 5);
        var lines = Lines(12);

        (await client.WriteAsync(lines, default)).ShouldBeEmpty();

        _stub.Requests.Select(r => r.Length).ShouldBe([5, 5, 2]);
        _stub.Written.ShouldBe(lines);
        _stub.Authorizations.ShouldAllBe(a => a == $"Token {Token}");
    }

    [Fact]
    public async Task WriteAsync_ManyLines_NeverSendsMoreThanFiveThousand()
    {
        using var client = Client();

        await client.WriteAsync(Lines(10_001), default);

        _stub.Requests.Select(r => r.Length).ShouldBe([5_000, 5_000, 1]);
    }

    [Fact]
    public async Task WriteAsync_400ForOneLine_KeepsTheOthersAndNamesIt()
    {
        _stub.Answer = (lines, _) => lines.Contains("m v=3 3") ? (400, """{"code":"invalid","message":"unable to parse 'm v=3 3': told so"}""") : (204, "");
        using var client = Client();

        var rejected = await client.WriteAsync(Lines(10), default);

        rejected.ShouldHaveSingleItem().ShouldBe(new RejectedLines(1, "unable to parse 'm v=3 3': told so"));
        _stub.Written.ShouldBe(Lines(10).Where(l => l != "m v=3 3"), ignoreOrder: true);
    }

    [Fact]
    public async Task WriteAsync_PartialWrite_CountsTheDroppedAndSendsNothingAgain()
    {
        _stub.Answer = (_, _) => (422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=7"}""");
        using var client = Client();

        var rejected = await client.WriteAsync(Lines(10), default);

        rejected.ShouldHaveSingleItem().Count.ShouldBe(7);
        _stub.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task WriteAsync_Refused_ThrowsAtOnceWithoutTheToken(int status)
    {
        _stub.Answer = (_, _) => (status, """{"code":"no","message":"not for you"}""");
        using var client = Client();

        var e = await Should.ThrowAsync<InfluxException>(() => client.WriteAsync(Lines(3), default));

        e.Refused.ShouldBeTrue();
        e.Message.ShouldContain($"{status} not for you");
        e.ToString().ShouldNotContain(Token);
        _stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WriteAsync_413_HalvesUntilItFits()
    {
        _stub.Answer = (lines, _) => lines.Length > 3 ? (413, "too large") : (204, "");
        using var client = Client();

        (await client.WriteAsync(Lines(10), default)).ShouldBeEmpty();

        _stub.Written.ShouldBe(Lines(10));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task WriteAsync_ServerComesBack_WritesOnceMore(int status)
    {
        _stub.Answer = (_, request) => request <= 2 ? (status, "later") : (204, "");
        using var client = Client();

        await client.WriteAsync(Lines(2), default);

        _stub.Requests.Count.ShouldBe(3);
        _stub.Written.ShouldBe(Lines(2));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("Sun, 01 Mar 2026 12:00:07 GMT")]
    public async Task WriteAsync_RetryAfter_WaitsThatLong(string retryAfter)
    {
        var clock = new FakeTimeProvider(SampleAlerts.Start);
        _stub.Answer = (_, request) => request == 1 ? (503, "busy") : (204, "");
        _stub.RetryAfter = retryAfter;
        using var client = Client(time: clock);

        var write = client.WriteAsync(Lines(1), default);
        var waited = TimeSpan.Zero;
        for (; !write.IsCompleted && waited < TimeSpan.FromMinutes(1); waited += TimeSpan.FromSeconds(1))
        {
            while (_stub.Requests.Count == 0 || (!write.IsCompleted && waited >= TimeSpan.FromSeconds(7) && _stub.Requests.Count == 1))
            {
                await Task.Delay(5);
            }

            await Task.Delay(20);
            _stub.Requests.Count.ShouldBe(waited < TimeSpan.FromSeconds(7) ? 1 : 2);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await write;
        _stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task WriteAsync_AwayForGood_GivesUpAfterTheAttempts()
    {
        _stub.Answer = (_, _) => (500, "on fire");
        using var client = Client();

        var e = await Should.ThrowAsync<InfluxException>(() => client.WriteAsync(Lines(1), default));

        e.Refused.ShouldBeFalse();
        e.Message.ShouldContain("on fire");
        _stub.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task WriteAsync_NobodyListens_ThrowsAnOutage()
    {
        var url = _stub.Url;
        await _stub.DisposeAsync();
        using var client = new InfluxClient(Options.Create(new InfluxOptions { Url = url, Token = Token, Backoff = TimeSpan.FromMilliseconds(10) }), TimeProvider.System);

        var e = await Should.ThrowAsync<InfluxException>(() => client.WriteAsync(Lines(1), default));

        e.Refused.ShouldBeFalse();
        e.ToString().ShouldNotContain(Token);
    }

    [Fact]
    public void ToString_Options_HasNoToken() => new InfluxOptions { Url = "http://h", Token = Token }.ToString().ShouldNotContain(Token);

    private static string[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => $"m v={i} {i}")];

    private InfluxClient Client(int batch = 5_000, TimeProvider? time = null) =>
        new(Options.Create(new InfluxOptions { Url = _stub.Url, Token = Token, BatchLines = batch, Backoff = TimeSpan.FromMilliseconds(10) }), time ?? TimeProvider.System);
}
