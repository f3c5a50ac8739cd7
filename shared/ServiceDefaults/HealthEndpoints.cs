using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Prometheus;

namespace Tidewatch.ServiceDefaults;

/// <summary><c>/health</c> (every part), <c>/health/live</c>, <c>/health/ready</c>, <c>/health/startup</c> and <c>/metrics</c>.</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of checks that say whether the process itself still turns over: the only ones a liveness probe may ask.</summary>
    public const string LiveTag = "live";

    /// <summary>Tag of checks that must pass before the service takes work.</summary>
    public const string ReadyTag = "ready";

    public static void MapTidewatchDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/health", Of(_ => true));
        app.MapHealthChecks("/health/live", Of(r => r.Tags.Contains(LiveTag)));
        app.MapHealthChecks("/health/ready", Of(r => r.Tags.Contains(ReadyTag)));
        app.MapHealthChecks("/health/startup", Of(r => r.Tags.Contains(ReadyTag)));
        app.MapMetrics();
    }

    private static HealthCheckOptions Of(Func<HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status == HealthStatus.Healthy ? "up" : "down",
            down = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key),
            parts = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Exception?.Message ?? "up", StringComparer.Ordinal),
        }),
    };
}
