using Microsoft.Extensions.Configuration.Memory;

namespace Tidewatch.Standalone;

/// <summary>What differs from the services' own defaults when all of them run in one process for one person to look at. Anything given from outside wins.</summary>
public static class StandaloneDefaults
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "http://localhost:8080",
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        // Parts are still joining in the first seconds; /health says which.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // A reading a second, with room for the clock's jitter.
        ["Detector:ScoreInterval"] = "00:00:00.500",
        // Of a replayed file one wants to see what is worth a look, not only what is worth a pager. Overridden by a profile of one's own, which comes first.
        ["Detector:Profiles:replayed:Match"] = "replay/*",
        ["Detector:Profiles:replayed:Threshold"] = "0.4",
        ["Notifier:Console:Enabled"] = "true",
        // Room for the whole of a replayed file on the chart.
        ["Api:PointsPerSeries"] = "50000",
        ["Api:MaxSeries"] = "500",
    };

    public static async Task AddStandaloneDefaultsAsync(this ConfigurationManager configuration)
    {
        var defaults = new MemoryConfigurationSource { InitialData = Defaults };
        ((IConfigurationBuilder)configuration).Sources.Insert(0, defaults);
        if (await ReplaySpeed.OfAsync(configuration) is { } speed)
        {
            configuration[ReplaySpeed.Key] = speed;
        }
    }

    /// <summary>Quotes need a key of their provider; without one there is no fetcher.</summary>
    public static IServiceCollection AddStockFetcherWhenAsked(this IServiceCollection services, IConfiguration configuration) =>
        configuration.GetSection("StockFetcher").Exists() ? StockFetcher.StockFetcherRegistration.AddStockFetcher(services, configuration) : services;
}
