namespace Tidewatch.TestKit;

/// <summary>A running Kafka of the tests' own.</summary>
public interface IKafkaServer : IDisposable
{
    /// <summary>What <c>bootstrap.servers</c> wants.</summary>
    string BootstrapServers { get; }
}
