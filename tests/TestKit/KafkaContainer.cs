using System.Globalization;
using DotNet.Testcontainers.Containers;

namespace Tidewatch.TestKit;

/// <summary>A one-broker Kafka by Docker.</summary>
public sealed class KafkaContainer : IKafkaServer
{
    /// <summary>As in docker-compose.yml.</summary>
    private const string Image = "apache/kafka:4.1.0";
    private readonly IContainer _container;

    private KafkaContainer(IContainer container, int port)
    {
        _container = container;
        BootstrapServers = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        Console.WriteLine($"Kafka: Docker, {Image} at {BootstrapServers}");
    }

    public string BootstrapServers { get; }

    /// <summary>Null where there is no engine or no image.</summary>
    public static KafkaContainer? Start()
    {
        var port = FreePort.Next();
        var container = Containers.Start(Image, port, port, builder => builder
            .WithEnvironment("KAFKA_NODE_ID", "1")
            .WithEnvironment("KAFKA_PROCESS_ROLES", "broker,controller")
            .WithEnvironment("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
            .WithEnvironment("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .WithEnvironment("KAFKA_LISTENERS", string.Create(CultureInfo.InvariantCulture, $"PLAINTEXT://:{port},CONTROLLER://:9093"))
            .WithEnvironment("KAFKA_ADVERTISED_LISTENERS", string.Create(CultureInfo.InvariantCulture, $"PLAINTEXT://127.0.0.1:{port}"))
            .WithEnvironment("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .WithEnvironment("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .WithEnvironment("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
            .WithEnvironment("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
            .WithEnvironment("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
            .WithEnvironment("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"));
        return container is null ? null : new KafkaContainer(container, port);
    }

    public void Dispose() => Containers.Finish(_ => _container.DisposeAsync().AsTask());
}
