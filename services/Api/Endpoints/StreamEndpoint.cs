using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tidewatch.Api.Streaming;
using Tidewatch.Api.Views;

namespace Tidewatch.Api.Endpoints;

/// <summary>Points and alerts as they happen, as Server-Sent Events: <c>hello</c>, <c>points</c>, <c>alert</c> (with an id), <c>heartbeat</c>.</summary>
public sealed class StreamEndpoint(LiveFeed feed, AlertView alerts, IOptions<ApiOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Least time between two events with points: a page redraws no faster.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/stream", Open).WithName("Stream").WithSummary("Server-Sent Events: points and alerts")
            .WithDescription("series: points of this series alone (repeatable; none given: of all). Alerts are always those of all series. After a reconnect with Last-Event-ID "
                + "(or lastEventId=) the alerts missed since are sent first.");

    private static ServerSentEventsResult<string> Open(HttpContext context, StreamEndpoint stream, string[]? series = null, string? lastEventId = null)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var last = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? lastEventId;
        return TypedResults.ServerSentEvents(stream.ReadAsync(series ?? [], last, context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> ReadAsync(string[] series, string? lastEventId, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        using var subscription = feed.Subscribe(series);
        var sent = new HashSet<string>(StringComparer.Ordinal);
        yield return Clock("hello");
        foreach (var missed in string.IsNullOrEmpty(lastEventId) ? [] : alerts.After(lastEventId))
        {
            sent.Add(missed.Id);
            yield return Item("alert", missed, ApiJson.Default.Alert, missed.Id);
        }

        while (await TakeAsync(subscription, ending.Token) is { } batch)
        {
            // An alert that arrived between the subscription and the look-up of what was missed is in both.
            foreach (var alert in batch.Alerts.Where(a => !sent.Remove(a.Id)))
            {
                yield return Item("alert", alert, ApiJson.Default.Alert, alert.Id);
            }

            if (batch.Points.Count > 0)
            {
                yield return Item("points", new PointsEvent(batch.Dropped, batch.Points), ApiJson.Default.PointsEvent);
            }
            else if (batch.Alerts.Count == 0)
            {
                yield return Clock("heartbeat");
            }
        }
    }

    /// <summary>The next batch; null when the stream is to end: the reader left, was too slow for the alerts, or the service stops.</summary>
    private async Task<StreamBatch?> TakeAsync(Subscription subscription, CancellationToken ending)
    {
        try
        {
            await Task.Delay(Pace, time, ending);
            return await subscription.TakeAsync(options.Value.Heartbeat, ending);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private SseItem<string> Clock(string type) => Item(type, new ClockEvent(time.GetUtcNow()), ApiJson.Default.ClockEvent);

    private static SseItem<string> Item<T>(string type, T data, JsonTypeInfo<T> json, string? id = null) =>
        new(JsonSerializer.Serialize(data, json), type) { EventId = id, ReconnectionInterval = TimeSpan.FromSeconds(2) };
}
