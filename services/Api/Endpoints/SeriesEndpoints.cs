using Microsoft.AspNetCore.Http.HttpResults;
using Tidewatch.Api.Views;

namespace Tidewatch.Api.Endpoints;

/// <summary>The list of series, and the points of one.</summary>
public static class SeriesEndpoints
{
    private const int MostPoints = 20_000;
    private const int MostSeries = 10_000;
    private const int MostSpark = 200;

    public static void MapSeries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/series", List).WithName("ListSeries").WithSummary("Series, alerting first")
            .WithDescription("q: part of an id or domain. limit: 1 to 10,000, default 500. spark: values for a sparkline, 0 (none) to 200.");
        routes.MapGet("/series/points", Points).WithName("GetSeriesPoints").WithSummary("Points of one series, downsampled so that spikes stay")
            .WithDescription("series: exact id. points: at most this many, 4 to 20,000, default 2,000. from: first event time, RFC 3339.");
    }

    private static Results<Ok<SeriesList>, ProblemHttpResult> List(SeriesView view, string? q = null, int limit = 500, int spark = 0)
    {
        if (limit is < 1 or > MostSeries)
        {
            return Problems.OutOfRange("limit", limit, 1, MostSeries);
        }

        if (spark is < 0 or > MostSpark)
        {
            return Problems.OutOfRange("spark", spark, 0, MostSpark);
        }

        var all = view.List(q, spark);
        return TypedResults.Ok(new SeriesList(all.Count, all.Count(s => s.AlertingSince is not null), [.. all.Take(limit)]));
    }

    private static Results<Ok<SeriesPoints>, ProblemHttpResult> Points(SeriesView view, string series, int points = 2_000, DateTimeOffset? from = null)
    {
        if (points is < MinMaxDownsampler.Fewest or > MostPoints)
        {
            return Problems.OutOfRange("points", points, MinMaxDownsampler.Fewest, MostPoints);
        }

        if (!view.TryGet(series, out var track))
        {
            return Problems.NotFound($"No series '{series}' has been seen since the start; GET /api/v1/series lists those that have.");
        }

        var all = track.Points(from);
        return TypedResults.Ok(SeriesPoints.Of(track, all.Length, MinMaxDownsampler.Reduce(all, points)));
    }
}
