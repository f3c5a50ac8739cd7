using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Durable;
using Tidewatch.Kafka.Ownership;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Registers the partition loop of a service.</summary>
public static class PartitionLoopRegistration
{
    /// <summary>The loop with every registered <see cref="Contracts.State.ISnapshotStore"/>, in order of registration (fast tier first), behind them the durable topic on a real broker, the watch over forgotten partitions, and its health checks <c>partitions</c> and <c>loop</c>.</summary>
    public static IServiceCollection AddPartitionLoop(
        this IServiceCollection services, Func<IServiceProvider, LoopOptions> options, Func<IServiceProvider, LoopProtocol> protocol,
        Func<IServiceProvider, Func<InputPartition, InputTopic, IPartitionProcessor>> processors)
    {
        services.AddTidewatchKafka();
        services.AddSingleton(options).AddSingleton(protocol).AddSingleton(processors);
        services.AddSingleton<LoopStatus>();
        services.AddSingleton(p => new LoopMetrics(p.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<TopicSnapshotStore>();
        services.AddSingleton<ICrashMarks>(p => new CrashMarkFile(options(p), p.GetRequiredService<ILogger<CrashMarkFile>>()));
        // Before the loop, so that it is ended after it: a look that waits for the broker must not hold up the hand-over.
        services.AddSingleton<IHostedService, OwnerWatch>();
        services.AddSingleton<IHostedService, PartitionLoopService>();
        services.AddHealthChecks()
            .AddCheck<LoopStatus>("partitions", tags: ["ready"])
            .AddCheck<LoopLiveness>("loop", tags: ["live"]);
        return services;
    }
}
