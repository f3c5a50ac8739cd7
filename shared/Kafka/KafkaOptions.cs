using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Kafka;

/// <summary>Section <c>Kafka</c>: which broker, and how to reach it.</summary>
public sealed record KafkaOptions
{
    /// <summary>The value of <see cref="BootstrapServers"/> that asks for librdkafka's in-process broker.</summary>
    public const string Embedded = "embedded";

    /// <summary>Kafka's bootstrap.servers, or <c>embedded</c> (default) for the in-process broker (at-least-once, one machine).</summary>
    [Required(AllowEmptyStrings = false)]
    public string BootstrapServers { get; init; } = Embedded;

    /// <summary>What every topic's name begins with; default <c>tidewatch</c>.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,100}")]
    public string TopicPrefix { get; init; } = "tidewatch";

    /// <summary>Partitions of topics that this suite creates, 1 to 10,000; default 4. Part of the state contract of input topics.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; init; } = 4;

    /// <summary>Replicas of topics that this suite creates, 1 to 10; default 1.</summary>
    [Range(1, 10)]
    public int ReplicationFactor { get; init; } = 1;

    /// <summary>Kafka's security.protocol: plaintext (default), ssl, sasl_plaintext, sasl_ssl.</summary>
    public string? SecurityProtocol { get; init; }

    /// <summary>Kafka's sasl.mechanism, such as SCRAM-SHA-512.</summary>
    public string? SaslMechanism { get; init; }

    public string? SaslUsername { get; init; }

    /// <summary>Never logged.</summary>
    public string? SaslPassword { get; init; }

    /// <summary>File with the certificate authority's certificates.</summary>
    public string? SslCaLocation { get; init; }
}
