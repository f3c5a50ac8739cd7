using Microsoft.AspNetCore.Http.HttpResults;
using Tidewatch.Api.Views;
using Tidewatch.Contracts;

namespace Tidewatch.Api.Endpoints;

/// <summary>Alerts: the recent from memory, older ones from the anomaly store.</summary>
public static class AlertEndpoints
{
    private const int MostAlerts = 1_000;

    public static void MapAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/alerts", ListAsync).WithName("ListAlerts").WithSummary("Alerts, newest first")
            .WithDescription("limit: 1 to 1,000, default 100. series: exact id. severity: mild, moderate or extreme (also warning, critical, emergency), the least that is shown.");

    private static async Task<Results<Ok<AlertList>, ProblemHttpResult>> ListAsync(
        AlertHistory history, CancellationToken cancellationToken, int limit = 100, string? series = null, string? severity = null)
    {
        if (limit is < 1 or > MostAlerts)
        {
            return Problems.OutOfRange("limit", limit, 1, MostAlerts);
        }

        var least = Severity.None;
        if (severity is not null && !SeverityAlias.TryParse(severity, out least))
        {
            return Problems.BadRequest($"severity is '{severity}'; it must be none, mild, moderate or extreme.");
        }

        return TypedResults.Ok(await history.ReadAsync(limit, series, least, cancellationToken));
    }
}
