using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Consuming;
using Tidewatch.Kafka.Publishing;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Kafka;

/// <summary>Registers what services take from this project. <see cref="KafkaOptions"/> must be registered by the service.</summary>
public static class KafkaRegistration
{
    /// <summary>Topic names, the connection (embedded or given), <see cref="IObservationPublisher"/>, the <c>kafka</c> health check. Calling it twice is harmless.</summary>
    public static IServiceCollection AddTidewatchKafka(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(KafkaConnection)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(p => new TopicNames(p.GetRequiredService<IOptions<KafkaOptions>>().Value.TopicPrefix));
        services.AddSingleton<KafkaConnection>();
        services.AddSingleton<TopicCreator>();
        services.AddSingleton<IObservationPublisher, ObservationPublisher>();
        services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka", tags: ["ready"]);
        services.AddSingleton<KafkaHealthCheck>();
        return services;
    }

    /// <summary>The running audit, with its metrics and the health check <c>audit</c>. It only looks: one process of the suite is enough.</summary>
    public static IServiceCollection AddTidewatchAudit(this IServiceCollection services, Func<IServiceProvider, AuditOptions> options)
    {
        services.AddTidewatchKafka();
        services.AddSingleton(options);
        services.AddSingleton<AuditStatus>();
        services.AddSingleton<IHostedService, AuditService>();
        services.AddHealthChecks().AddCheck<AuditStatus>("audit");
        return services;
    }

    /// <summary>A background consumer (read_committed) that gives <typeparamref name="THandler"/> its batches, with a health check of its name.</summary>
    public static IServiceCollection AddTidewatchConsumer<THandler>(this IServiceCollection services, Func<TopicNames, ConsumerOptions> options)
        where THandler : class, IRecordHandler
    {
        var state = new ConsumerState();
        services.AddTidewatchKafka();
        services.TryAddSingleton<THandler>();
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<ConsumerService<THandler>>(p, options(p.GetRequiredService<TopicNames>()), state));
        services.AddHealthChecks().AddCheck(options(new TopicNames()).Name, state);
        return services;
    }
}
