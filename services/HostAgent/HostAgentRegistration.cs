using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tidewatch.HostAgent;

/// <summary>Registers the host agent: this machine's metrics to observations.hosts.v1.</summary>
public static class HostAgentRegistration
{
    public static IServiceCollection AddHostAgent(this IServiceCollection services, IConfiguration configuration) =>
        throw new NotSupportedException("the next commits bring it");
}
