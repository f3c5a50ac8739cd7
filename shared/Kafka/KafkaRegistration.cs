using Microsoft.Extensions.DependencyInjection;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Kafka;

/// <summary>Registers what services take from this project. <see cref="KafkaOptions"/> must be registered by the service.</summary>
public static class KafkaRegistration
{
    /// <summary>Topic names, the connection (embedded or given), <see cref="IObservationPublisher"/>, the <c>kafka</c> health check. Calling it twice is harmless.</summary>
    public static IServiceCollection AddTidewatchKafka(this IServiceCollection services) =>
        throw new NotSupportedException("the next commits bring it");

    /// <summary>A background consumer (read_committed) that gives <typeparamref name="THandler"/> its batches, with a health check of its name.</summary>
    public static IServiceCollection AddTidewatchConsumer<THandler>(this IServiceCollection services, Func<TopicNames, ConsumerOptions> options)
        where THandler : class, IRecordHandler =>
        throw new NotSupportedException("the next commits bring it");
}
