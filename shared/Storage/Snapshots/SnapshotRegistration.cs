using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>Registers the fast snapshot tier. <see cref="RedisOptions"/> must be registered by the service.</summary>
public static class SnapshotRegistration
{
    /// <summary>Redis with its health check <c>redis</c> when <c>Redis:Configuration</c> is given, else memory. Calling it twice is harmless.</summary>
    public static IServiceCollection AddSnapshotStore(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["Redis:Configuration"]))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<ISnapshotStore, MemorySnapshotStore>());
            return services;
        }

        if (services.Any(s => s.ServiceType == typeof(RedisConnection)))
        {
            return services;
        }

        services.AddSingleton<RedisConnection>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISnapshotStore, RedisSnapshotStore>());
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        return services;
    }
}
