using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Durable;
using Tidewatch.Kafka.Partitions.Clients;
using Tidewatch.Kafka.Partitions.Marks;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Runs the loop on a thread of its own; a lost session is dropped whole and a new one begun after a back-off.</summary>
internal sealed partial class PartitionLoopService(
    LoopOptions options, KafkaConnection connection, TopicNames names, TopicCreator topics, IEnumerable<ISnapshotStore> stores, TopicSnapshotStore durable,
    Func<InputPartition, InputTopic, IPartitionProcessor> create, ICrashMarks marks, LoopStatus status, LoopMetrics metrics, LoopProtocol protocol, TimeProvider time, ILogger<PartitionLoopService> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(10);
    private readonly ConsumerProtocol _protocol = new(protocol.PreferConsumer, protocol.SessionTimeout);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        if (connection.IsEmbedded)
        {
            LogAtLeastOnce();
        }

        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                topics.EnsureAsync(stoppingToken).GetAwaiter().GetResult();
                RunSession(() => failures = 0, stoppingToken);
            }
            catch (Exception e) when (e is SessionLostException or TransactionAbortedException or Confluent.Kafka.KafkaException)
            {
                status.Cleared();
                status.Waits(e.Message);
                metrics.Lost();
                LogLost(e.Message);
                BackOff(failures++, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void RunSession(Action onTurn, CancellationToken stoppingToken)
    {
        using var directory = new TopicDirectory(connection);
        directory.Require(options.Topics);
        using var progress = new KafkaProgressLog(connection, directory, names, options);
        using IOutputLog output = connection.IsEmbedded ? new AtLeastOnceOutputLog(connection) : new TransactionalOutputLog(connection, new OpenTransactions(directory, names), names, options);
        output.Initialize();
        using var input = new KafkaInputLog(connection, directory, options, _protocol);
        var tiers = new SnapshotTiers(connection.IsEmbedded ? [.. stores] : [.. stores, durable], metrics, logger);
        var loop = new PartitionLoop(
            options, names, input, output, new PartitionRestorer(options, progress, tiers, connection.IsEmbedded ? null : durable, create, time, logger),
            new SnapshotWriter(tiers, options, metrics, time, Task.Run), marks, status, metrics, time, logger);
        LogStarted(options.Group, options.InstanceId, _protocol.Name);
        while (!stoppingToken.IsCancellationRequested)
        {
            loop.Turn();
            onTurn();
        }

        loop.Close();
    }

    private static void BackOff(int failures, CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(failures, 6)));
        stoppingToken.WaitHandle.WaitOne(pause < LongestBackOff ? pause : LongestBackOff);
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Warning, Message = "embedded broker: at-least-once, for it drops transactional offsets; use a real Kafka for exactly-once")]
    private partial void LogAtLeastOnce();

    [LoggerMessage(EventId = 151, Level = LogLevel.Warning, Message = "session lost, state dropped, beginning again: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(EventId = 152, Level = LogLevel.Information, Message = "group {Group}, member {Member}, protocol {Protocol}")]
    private partial void LogStarted(string group, string member, string protocol);
}
