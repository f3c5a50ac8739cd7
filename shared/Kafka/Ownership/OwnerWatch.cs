using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>Looks whether the group has forgotten input partitions, which then lie still although every member is up, and has it share out anew.</summary>
/// <remarks>A classic group forgets what is on its way from one static member to another, when the first is killed and is back within its session: docs/decisions/group-protocol.md. On a thread of its own; not on the embedded broker.</remarks>
internal sealed partial class OwnerWatch(
    LoopOptions options, KafkaConnection connection, TopicNames names, LoopMetrics metrics, TimeProvider time, ILogger<OwnerWatch> logger)
    : BackgroundService
{
    private readonly OwnerJudge _judge = new();
    private readonly PassingMember _passing = new(connection, names, options);
    private bool _isAway;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => connection.IsEmbedded ? Task.CompletedTask : Task.Factory.StartNew(
        () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        using var group = new GroupDirectory(connection, options);
        while (!stoppingToken.WaitHandle.WaitOne(options.OwnerInterval))
        {
            try
            {
                Look(group, stoppingToken);
                _isAway = false;
            }
            catch (KafkaException e)
            {
                _judge.IsForgotten(shares: null, []);
                if (!_isAway)
                {
                    LogAway(options.Group, e.Error.Reason);
                }

                _isAway = true;
            }
        }
    }

    private void Look(GroupDirectory group, CancellationToken stoppingToken)
    {
        var shares = group.Shares();
        var missing = shares?.Missing(group.PartitionsAsync().GetAwaiter().GetResult()) ?? [];
        if (shares is not null)
        {
            metrics.WithoutOwner(options.Group, missing.Count);
        }

        if (_judge.IsForgotten(shares, missing) && shares!.FallsTo(options.InstanceId))
        {
            LogForgotten(string.Join(", ", missing), options.Group);
            metrics.SharedOut();
            _passing.Pass(time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 180, Level = LogLevel.Warning, Message = "{Partitions}: forgotten by group {Group}, which is at rest and has given them to nobody; a passing member makes it share out anew")]
    private partial void LogForgotten(string partitions, string group);

    [LoggerMessage(EventId = 181, Level = LogLevel.Warning, Message = "group {Group} cannot be asked who reads what: {Reason}; partitions that it forgets are not seen until it can")]
    private partial void LogAway(string group, string reason);
}
