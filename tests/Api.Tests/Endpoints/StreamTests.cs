using System.Net.ServerSentEvents;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tidewatch.Api.Tests.Endpoints;

public sealed class StreamTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(new ApiOptions { Heartbeat = TimeSpan.FromSeconds(1) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Stream_PointsAndAlerts_ArriveAsEvents()
    {
        await using var events = await OpenAsync("/api/v1/stream?series=a");
        (await NextAsync(events)).EventType.ShouldBe("hello");

        await _host.SendAsync(Samples.Point("a", 1, 42), Samples.Point("b", 1));
        var points = await NextAsync(events, "points");
        points.Data.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").GetDouble()).ShouldBe([42]);
        points.Data.GetProperty("dropped").GetInt32().ShouldBe(0);

        await _host.SendAsync(Samples.Alert("x", "b"));
        var alert = await NextAsync(events, "alert");
        alert.EventId.ShouldBe("x");
        alert.Data.GetProperty("severity").GetString().ShouldBe("moderate");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_LastEventId_BringsTheMissedAlerts(bool asHeader)
    {
        await _host.SendAsync(Samples.Alert("1"), Samples.Alert("2"), Samples.Alert("3"));
        await using var events = await OpenAsync(asHeader ? "/api/v1/stream" : "/api/v1/stream?lastEventId=1", asHeader ? "1" : null);
        (await NextAsync(events, "alert")).EventId.ShouldBe("2");
        (await NextAsync(events, "alert")).EventId.ShouldBe("3");
        await _host.SendAsync(Samples.Alert("4"));
        (await NextAsync(events, "alert")).EventId.ShouldBe("4");
    }

    [Fact]
    public async Task Stream_Nothing_Beats()
    {
        await using var events = await OpenAsync("/api/v1/stream");
        (await NextAsync(events, "heartbeat")).Data.TryGetProperty("time", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Stream_ServiceStops_Ends()
    {
        await using var events = await OpenAsync("/api/v1/stream");
        (await NextAsync(events)).EventType.ShouldBe("hello");
        var stopping = _host.StopAsync();
        while (await events.MoveNextAsync())
        {
            events.Current.EventType.ShouldBe("heartbeat");
        }

        await stopping;
    }

    private async Task<IAsyncEnumerator<SseItem<JsonElement>>> OpenAsync(string path, string? lastEventId = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.GetValues("X-Accel-Buffering").Single().ShouldBe("no");
        var stream = await answer.Content.ReadAsStreamAsync(cancel);
        return SseParser.Create(stream, (_, data) => JsonDocument.Parse(data.ToArray()).RootElement.Clone()).EnumerateAsync(cancel).GetAsyncEnumerator(cancel);
    }

    private static async Task<SseItem<JsonElement>> NextAsync(IAsyncEnumerator<SseItem<JsonElement>> events, string? type = null)
    {
        do
        {
            (await events.MoveNextAsync()).ShouldBeTrue("the stream ended");
        }
        while (type is not null && !string.Equals(events.Current.EventType, type, StringComparison.Ordinal));
        return events.Current;
    }
}
