using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Kafka.Consuming;

/// <summary>Gives a handler the committed records of its topics, batch by batch; effects come first, offsets after. A failed batch comes again.</summary>
internal sealed partial class ConsumerService<THandler>(
    THandler handler, ConsumerOptions options, KafkaConnection connection, TopicCreator topics, ConsumerState state, TimeProvider time, ILogger<ConsumerService<THandler>> logger)
    : BackgroundService
    where THandler : class, IRecordHandler
{
    private const int MaxBatch = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (var failures = 0; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await topics.EnsureAsync(stoppingToken);
                var handled = new HandledBatches();
                using var consumer = Open(handled);
                await RunAsync(consumer, handled, () => failures = 0, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (KafkaException e)
            {
                state.Fails(e.Error.Reason);
                LogLost(options.Name, e.Error.Reason);
                await BackOffAsync(failures, stoppingToken);
            }
        }
    }

    private async Task RunAsync(IConsumer<byte[], byte[]> consumer, HandledBatches handled, Action onSuccess, CancellationToken stoppingToken)
    {
        var batch = new List<ReceivedRecord>();
        while (!stoppingToken.IsCancellationRequested)
        {
            Fill(consumer, batch);
            if (batch.Count > 0)
            {
                await HandleAsync(batch, stoppingToken);
                handled.Add(batch);
            }

            Commit(consumer, handled);
            state.Works();
            onSuccess();
        }

        Commit(consumer, handled);
        consumer.Close();
    }

    private void Commit(IConsumer<byte[], byte[]> consumer, HandledBatches handled)
    {
        if (handled.Take(handler.Unsettled) is { Count: > 0 } offsets && options.Commits)
        {
            consumer.Commit(offsets);
        }
    }

    private async Task HandleAsync(List<ReceivedRecord> batch, CancellationToken stoppingToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await handler.HandleAsync(batch, stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                state.Fails(e.Message);
                LogRetry(options.Name, batch.Count, e.Message);
                await BackOffAsync(failures, stoppingToken);
            }
        }
    }

    private static void Fill(IConsumer<byte[], byte[]> consumer, List<ReceivedRecord> batch)
    {
        batch.Clear();
        for (var result = consumer.Consume(Poll); result is not null; result = consumer.Consume(batch.Count == 0 ? Poll : Gather))
        {
            if (!result.IsPartitionEOF)
            {
                batch.Add(Received(result));
            }

            if (batch.Count == MaxBatch)
            {
                return;
            }
        }
    }

    private static ReceivedRecord Received(ConsumeResult<byte[], byte[]> result) => new(
        result.Topic, result.Partition.Value, result.Offset.Value, DateTimeOffset.FromUnixTimeMilliseconds(result.Message.Timestamp.UnixTimestampMs),
        result.Message.Key, result.Message.Value, [.. (result.Message.Headers ?? []).Select(h => KeyValuePair.Create(h.Key, h.GetValueBytes()))]);

    private IConsumer<byte[], byte[]> Open(HandledBatches handled)
    {
        var consumer = new ConsumerBuilder<byte[], byte[]>(connection.Apply(new ConsumerConfig
        {
            GroupId = $"{connection.Options.TopicPrefix}.{options.Group}",
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = options.FromEnd ? AutoOffsetReset.Latest : AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            MaxPollIntervalMs = 600_000,
            TopicMetadataRefreshIntervalMs = 10_000,
        })).SetLogHandler(static (_, _) => { })
            .SetPartitionsRevokedHandler((_, revoked) => handled.Drop([.. revoked.Select(r => r.TopicPartition)]))
            .SetPartitionsLostHandler((_, lost) => handled.Drop([.. lost.Select(l => l.TopicPartition)]))
            .Build();
        consumer.Subscribe(options.Topics);
        return consumer;
    }

    private Task BackOffAsync(int failures, CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(200 * Math.Pow(2, Math.Min(failures, 6)));
        return Task.Delay(pause < LongestBackOff ? pause : LongestBackOff, time, stoppingToken);
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "{Consumer}: {Reason}; trying again")]
    private partial void LogLost(string consumer, string reason);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "{Consumer}: a batch of {Count} records failed: {Reason}; the same batch comes again")]
    private partial void LogRetry(string consumer, int count, string reason);
}
