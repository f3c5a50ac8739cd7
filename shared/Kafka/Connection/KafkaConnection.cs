using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Tidewatch.Kafka.Embedded;

namespace Tidewatch.Kafka.Connection;

/// <summary>How every client of this process reaches the broker: the given one, or the embedded one that it starts on first use.</summary>
public sealed class KafkaConnection(IOptions<KafkaOptions> options) : IDisposable
{
    /// <summary>Kafka's client.id of every client of this suite.</summary>
    public const string ClientId = "tidewatch";

    private readonly Lazy<EmbeddedBroker> _embedded = new(() => new EmbeddedBroker());

    public KafkaOptions Options => options.Value;

    public bool IsEmbedded => string.Equals(Options.BootstrapServers, KafkaOptions.Embedded, StringComparison.OrdinalIgnoreCase);

    /// <summary>The embedded broker; only when <see cref="IsEmbedded"/>.</summary>
    public EmbeddedBroker Embedded => _embedded.Value;

    public string BootstrapServers => IsEmbedded ? Embedded.BootstrapServers : Options.BootstrapServers;

    /// <summary>Sets address, security and client id on <paramref name="config"/>.</summary>
    public T Apply<T>(T config)
        where T : ClientConfig
    {
        config.BootstrapServers = BootstrapServers;
        config.ClientId = ClientId;
        config.ReconnectBackoffMs = 100;
        config.ReconnectBackoffMaxMs = 5_000;
        config.SaslUsername = Options.SaslUsername;
        config.SaslPassword = Options.SaslPassword;
        config.SslCaLocation = Options.SslCaLocation;
        if (Options.SecurityProtocol is { } protocol)
        {
            config.Set("security.protocol", protocol);
        }

        if (Options.SaslMechanism is { } mechanism)
        {
            config.Set("sasl.mechanism", mechanism);
        }

        return config;
    }

    public void Dispose()
    {
        if (_embedded.IsValueCreated)
        {
            _embedded.Value.Dispose();
        }
    }
}
