using Confluent.Kafka;
using Tidewatch.Kafka.Tests.Partitions;

namespace Tidewatch.Kafka.Tests.Ownership;

/// <summary>A static member of the loop's group, always of the same name, that only holds partitions.</summary>
internal sealed class StaticMember : IDisposable
{
    private readonly IConsumer<Ignore, Ignore> _consumer;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _isAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private int _given;
    private int _holds;

    /// <param name="cluster">Whose group it joins.</param>
    /// <param name="getsStuck">Whether it stands still at the moment in which it is to give partitions up, as one does that was killed: its heartbeats alone go on.</param>
    public StaticMember(TestCluster cluster, bool getsStuck)
    {
        _consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = cluster.Bootstrap,
            GroupId = cluster.Group,
            GroupInstanceId = "static",
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = 60_000,
            HeartbeatIntervalMs = 500,
            EnableAutoCommit = false,
        })
            .SetPartitionsAssignedHandler((_, partitions) => { _given += partitions.Count; })
            .SetPartitionsRevokedHandler((_, _) =>
            {
                _isAsked.TrySetResult();
                if (getsStuck)
                {
                    _end.Token.WaitHandle.WaitOne();
                }
            })
            .SetPartitionsLostHandler(static (_, _) => { })
            .SetLogHandler(static (_, _) => { })
            .Build();
        _consumer.Subscribe(cluster.Input);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Done once it is to give partitions up.</summary>
    public Task IsAsked => _isAsked.Task;

    /// <summary>Partitions that it holds.</summary>
    public int Holds => Volatile.Read(ref _holds);

    /// <summary>Partitions that it was given in its life, each time they were.</summary>
    public int Given => Volatile.Read(ref _given);

    public async Task UntilAsync(Func<StaticMember, bool> condition)
    {
        for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30); !condition(this); await Task.Delay(50))
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"holds {Holds}");
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _consumer.Dispose();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _consumer.Consume(TimeSpan.FromMilliseconds(100));
                Volatile.Write(ref _holds, _consumer.Assignment.Count);
            }
            catch (KafkaException)
            {
                // The next of its name is there.
            }
        }

        Leave();
    }

    /// <summary>Closed before it is disposed of: the client's thread turns without end when it is destroyed in the midst of a rebalance (librdkafka 2.16.0).</summary>
    private void Leave()
    {
        try
        {
            _consumer.Close();
        }
        catch (KafkaException)
        {
            // Fenced by the next of its name.
        }
    }
}
