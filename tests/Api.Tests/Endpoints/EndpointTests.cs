using System.Net;
using System.Text.Json;
using Shouldly;
using Tidewatch.Contracts;
using Xunit;

namespace Tidewatch.Api.Tests.Endpoints;

public sealed class EndpointTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Series_AfterPointsAndAnAlert_ListsAlertingFirst()
    {
        await _host.SendAsync(Samples.Point("a", 1, 5), Samples.Point("b", 1, 7.5));
        await _host.SendAsync(Samples.Alert("1", "b", severity: Severity.Extreme));

        var list = await GetAsync("/api/v1/series?spark=10");
        list.GetProperty("total").GetInt32().ShouldBe(2);
        list.GetProperty("alerting").GetInt32().ShouldBe(1);
        var first = list.GetProperty("series")[0];
        first.GetProperty("series").GetString().ShouldBe("b");
        first.GetProperty("severity").GetString().ShouldBe("extreme");
        first.GetProperty("value").GetDouble().ShouldBe(7.5);
        first.GetProperty("time").GetString().ShouldBe("2014-02-08T14:00:01.000Z");
        first.GetProperty("spark").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Points_ManyWithASpike_AreFewerAndTheSpikeIsThere()
    {
        await _host.SendAsync(Enumerable.Range(0, 3_000).Select(i => Samples.Point("a/b c", i, i == 1_234 ? 99 : Math.Sin(i), new ExpectedRange(-1, 0, 1))));

        var points = await GetAsync("/api/v1/series/points?series=a%2Fb%20c&points=100");
        points.GetProperty("total").GetInt32().ShouldBe(3_000);
        points.GetProperty("timeMs").GetArrayLength().ShouldBeLessThanOrEqualTo(100);
        points.GetProperty("value").EnumerateArray().Select(v => v.GetDouble()).Max().ShouldBe(99);
        foreach (var column in new[] { "value", "lower", "upper", "score", "severity" })
        {
            points.GetProperty(column).GetArrayLength().ShouldBe(points.GetProperty("timeMs").GetArrayLength());
        }
    }

    [Fact]
    public async Task Points_From_BeginThereAndWarmUpHasNoRange()
    {
        await _host.SendAsync(Enumerable.Range(0, 10).Select(i => Samples.Point("a", i, i)));
        var points = await GetAsync("/api/v1/series/points?series=a&from=2014-02-08T14:00:07Z");
        points.GetProperty("value").EnumerateArray().Select(v => v.GetDouble()).ShouldBe([7, 8, 9]);
        points.GetProperty("lower")[0].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Series_OfSeveralFeatures_SaysWhichOneTheValueIsOf()
    {
        await _host.SendAsync(Samples.Point("a", 1, 5, feature: "amount"), Samples.Point("a", 2, 7, feature: "velocity"));
        var summary = (await GetAsync("/api/v1/series?spark=10")).GetProperty("series")[0];
        summary.GetProperty("feature").GetString().ShouldBe("velocity");
        summary.GetProperty("spark").EnumerateArray().Select(v => v.GetDouble()).ShouldAllBe(v => v == 0.25);
        (await GetAsync("/api/v1/series/points?series=a")).GetProperty("feature").GetString().ShouldBe("velocity");
    }

    [Fact]
    public async Task Alerts_FewInMemory_OlderComeFromTheStoreOnce()
    {
        _host.Stored = [Samples.Alert("2", second: 2), Samples.Alert("1", second: 1), Samples.Alert("0", severity: Severity.Mild)];
        await _host.SendAsync(Samples.Alert("2", second: 2), Samples.Alert("3", second: 3));

        Ids(await GetAsync("/api/v1/alerts")).ShouldBe(["3", "2", "1", "0"]);
        Ids(await GetAsync("/api/v1/alerts?limit=3")).ShouldBe(["3", "2", "1"]);
        Ids(await GetAsync("/api/v1/alerts?severity=moderate")).ShouldBe(["3", "2", "1"]);
        Ids(await GetAsync("/api/v1/alerts?series=other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Alerts_StoreAway_SaysSoAndShowsWhatThereIs()
    {
        _host.Stored = null;
        await _host.SendAsync(Samples.Alert("3"));
        var list = await GetAsync("/api/v1/alerts");
        list.GetProperty("complete").GetBoolean().ShouldBeFalse();
        Ids(list).ShouldBe(["3"]);
    }

    [Theory]
    [InlineData("/api/v1/series?limit=0", 400, "limit is 0; it must be 1 to 10000.")]
    [InlineData("/api/v1/series?limit=abc", 400, "limit")]
    [InlineData("/api/v1/series?spark=900", 400, "spark is 900")]
    [InlineData("/api/v1/series/points?series=a&points=3", 400, "points is 3")]
    [InlineData("/api/v1/series/points", 400, "series")]
    [InlineData("/api/v1/series/points?series=nobody", 404, "nobody")]
    [InlineData("/api/v1/series/points?series=a&from=yesterday", 400, "from")]
    [InlineData("/api/v1/alerts?limit=1001", 400, "limit is 1001")]
    [InlineData("/api/v1/alerts?severity=awful", 400, "severity is 'awful'")]
    [InlineData("/api/v1/alerts?severity=2", 400, "severity is '2'")]
    [InlineData("/api/v1/nowhere", 404, "")]
    public async Task Request_Impossible_IsAProblemThatNamesTheValue(string path, int status, string detail)
    {
        using var answer = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        (problem.TryGetProperty("detail", out var text) ? text.GetString()! : "").ShouldContain(detail);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"series\":\"a\"}")]
    [InlineData(null)]
    public async Task Topic_BytesThatAreNoPointOrAlert_ArePassedOver(string? bytes)
    {
        await _host.SendRawAsync(bytes is null ? null : System.Text.Encoding.UTF8.GetBytes(bytes));
        (await GetAsync("/api/v1/series")).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("/", "text/html", "Tidewatch")]
    [InlineData("/page.css", "text/css", "--extreme")]
    [InlineData("/js/app.js", "text/javascript", "import")]
    [InlineData("/vendor/uplot/uPlot.esm.js", "text/javascript", "MIT")]
    [InlineData("/vendor/uplot/uPlot.min.css", "text/css", "uplot")]
    [InlineData("/favicon.svg", "image/svg+xml", "svg")]
    public async Task Page_ItsFiles_AreServedWithAPolicy(string path, string type, string holds)
    {
        using var answer = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(holds);
    }

    [Fact]
    public async Task OpenApi_Document_NamesEveryPath()
    {
        var document = await GetAsync("/openapi/v1.json");
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldBe(
            ["/api/v1/series", "/api/v1/series/points", "/api/v1/alerts", "/api/v1/stream"], ignoreOrder: true);
    }

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("id").GetString()!);

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.Clone();
    }
}
