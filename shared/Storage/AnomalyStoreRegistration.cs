using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Tidewatch.Storage.Influx;
using Tidewatch.Storage.Sqlite;

namespace Tidewatch.Storage;

/// <summary>Registers the anomaly store. <see cref="OutputOptions"/> and <see cref="InfluxOptions"/> must be registered by the service.</summary>
public static class AnomalyStoreRegistration
{
    /// <summary>
    /// <see cref="IAnomalyStore"/> and <see cref="IAnomalyReader"/>: InfluxDB when <see cref="InfluxOptions.Url"/> is set, else SQLite; with the health
    /// check <c>influx</c> or <c>sqlite</c>. Calling it twice is harmless.
    /// </summary>
    public static IServiceCollection AddAnomalyStore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InfluxClient>();
        services.TryAddSingleton<InfluxAnomalyStore>();
        services.TryAddSingleton<SqliteAnomalyStore>();
        services.TryAddSingleton<IAnomalyStore>(s => UsesInflux(s) ? s.GetRequiredService<InfluxAnomalyStore>() : s.GetRequiredService<SqliteAnomalyStore>());
        services.TryAddSingleton(s => (IAnomalyReader)s.GetRequiredService<IAnomalyStore>());
        services.AddHealthChecks();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, AnomalyStoreHealth>());
        return services;
    }

    private static bool UsesInflux(IServiceProvider services) => !string.IsNullOrEmpty(services.GetRequiredService<IOptions<InfluxOptions>>().Value.Url);

    /// <summary>Names the health check after the store that the configuration chose.</summary>
    private sealed class AnomalyStoreHealth(IServiceProvider services) : IConfigureOptions<HealthCheckServiceOptions>
    {
        public void Configure(HealthCheckServiceOptions options) => options.Registrations.Add(new HealthCheckRegistration(
            UsesInflux(services) ? "influx" : "sqlite", s => (IHealthCheck)s.GetRequiredService<IAnomalyStore>(), failureStatus: null, tags: ["ready"]));
    }
}
