using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tidewatch.Generator.Replay;
using Tidewatch.Generator.Sources;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Sources;
using Tidewatch.ServiceDefaults;

namespace Tidewatch.Generator;

/// <summary>Registers the generator: labelled synthetic observations, and replay of files.</summary>
public static class GeneratorRegistration
{
    public static IServiceCollection AddGenerator(this IServiceCollection services, IConfiguration configuration) => services
        .AddStrictOptions<KafkaOptions>(configuration, "Kafka")
        .AddTidewatchKafka()
        .AddStrictOptions<SyntheticOptions>(configuration, "Generator:Synthetic").AddSource<SyntheticSource>("generator")
        .AddStrictOptions<ReplayOptions>(configuration, "Generator:Replay").AddSource<ReplaySource>("generator");
}
