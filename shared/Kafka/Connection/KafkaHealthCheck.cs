using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidewatch.Kafka.Connection;

/// <summary>Whether the broker answers a metadata request.</summary>
internal sealed class KafkaHealthCheck(KafkaConnection connection) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private readonly Lazy<IAdminClient> _admin = new(() =>
        new AdminClientBuilder(connection.Apply(new AdminClientConfig())).SetLogHandler(static (_, _) => { }).Build());

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                var brokers = _admin.Value.GetMetadata("__tidewatch_health", Timeout).Brokers.Count;
                return brokers > 0 ? HealthCheckResult.Healthy($"{brokers} brokers at {connection.BootstrapServers}") : HealthCheckResult.Unhealthy($"no broker at {connection.BootstrapServers}");
            }
            catch (KafkaException e)
            {
                return HealthCheckResult.Unhealthy($"{connection.BootstrapServers}: {e.Error.Reason}");
            }
        },
        cancellationToken);

    public void Dispose()
    {
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }
    }
}
