using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tidewatch.Kafka.Sources;

/// <summary>Registers sources, a line each.</summary>
public static class SourceRegistration
{
    /// <summary>Publishes what <typeparamref name="TSource"/> yields; the health check <paramref name="service"/> covers every source registered under that name.</summary>
    public static IServiceCollection AddSource<TSource>(this IServiceCollection services, string service)
        where TSource : class, ISource
    {
        if (services.Any(d => d.ServiceType == typeof(TSource)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TSource>();
        services.AddSingleton(p => new SourcePublisher(
            p.GetRequiredService<TSource>(), service, p.GetRequiredService<IObservationPublisher>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<SourcePublisher>>()));
        services.AddSingleton<IHostedService>(p => p.GetServices<SourcePublisher>().First(s => s.Source is TSource));
        if (services.FirstOrDefault(d => d.ImplementationInstance is Covered c && string.Equals(c.Service, service, StringComparison.Ordinal)) is null)
        {
            services.AddSingleton(new Covered(service));
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                service, p => new SourceHealthCheck(service, p.GetServices<SourcePublisher>()), failureStatus: null, tags: null));
        }

        return services;
    }

    private sealed record Covered(string Service);
}
