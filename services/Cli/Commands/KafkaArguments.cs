using System.CommandLine;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Cli.Commands;

/// <summary>How a command reaches Kafka: options, else the services' own environment variables.</summary>
internal sealed class KafkaArguments
{
    public Option<string> Bootstrap { get; } = new("--bootstrap-servers", "--brokers")
    {
        Description = "broker addresses; default TIDEWATCH_Kafka__BootstrapServers, else localhost:9092",
        DefaultValueFactory = _ => Setting("BootstrapServers", "localhost:9092"),
    };

    public Option<string> Prefix { get; } = new("--topic-prefix")
    {
        Description = "what every topic's name begins with",
        DefaultValueFactory = _ => Setting("TopicPrefix", "tidewatch"),
    };

    public KafkaConnection Connect(ParseResult parsed, int partitions = 4, int replicas = 1) => new(Options.Create(new KafkaOptions
    {
        BootstrapServers = parsed.GetRequiredValue(Bootstrap),
        TopicPrefix = parsed.GetRequiredValue(Prefix),
        Partitions = partitions,
        ReplicationFactor = replicas,
        SecurityProtocol = Environment.GetEnvironmentVariable("TIDEWATCH_Kafka__SecurityProtocol"),
        SaslMechanism = Environment.GetEnvironmentVariable("TIDEWATCH_Kafka__SaslMechanism"),
        SaslUsername = Environment.GetEnvironmentVariable("TIDEWATCH_Kafka__SaslUsername"),
        SaslPassword = Environment.GetEnvironmentVariable("TIDEWATCH_Kafka__SaslPassword"),
        SslCaLocation = Environment.GetEnvironmentVariable("TIDEWATCH_Kafka__SslCaLocation"),
    }));

    public TopicNames Names(ParseResult parsed) => new(parsed.GetRequiredValue(Prefix));

    private static string Setting(string name, string standard) => Environment.GetEnvironmentVariable($"TIDEWATCH_Kafka__{name}") is { Length: > 0 } value ? value : standard;
}
