using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tidewatch.HostAgent.Sources;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Sources;
using Tidewatch.ServiceDefaults;

namespace Tidewatch.HostAgent;

/// <summary>Registers the host agent: this machine's metrics to observations.hosts.v1.</summary>
public static class HostAgentRegistration
{
    public static IServiceCollection AddHostAgent(this IServiceCollection services, IConfiguration configuration) => services
        .AddStrictOptions<KafkaOptions>(configuration, "Kafka")
        .AddTidewatchKafka()
        .AddStrictOptions<HostAgentOptions>(configuration, "HostAgent").AddSource<HostSource>("host-agent");
}
