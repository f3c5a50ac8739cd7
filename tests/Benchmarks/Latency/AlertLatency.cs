using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Benchmarks.Latency;

/// <summary>From produce to the alert in a read_committed reader's hand, for spikes that are announced as they are sent.</summary>
internal sealed class AlertLatency(string bootstrapServers, string prefix, int partitions) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Series, DateTimeOffset Time), long> _sent = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly List<double> _found = [];
    private Task _receiving = Task.CompletedTask;

    /// <summary>Spikes sent whose alert has not come.</summary>
    public int Missing => _sent.Count;

    public void Start() => _receiving = Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>A spike that was produced at <paramref name="stamp"/>.</summary>
    public void Sent(string series, DateTimeOffset time, long stamp) => _sent[(series, time)] = stamp;

    /// <summary>Ends and gives the latencies in ascending order, milliseconds.</summary>
    public async Task<IReadOnlyList<double>> StopAsync()
    {
        await _enough.CancelAsync();
        await _receiving;
        return [.. _found.Order()];
    }

    /// <summary>The value below which <paramref name="share"/> of <paramref name="sorted"/> lie; NaN for none.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)((sorted.Count - 1) * share)];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _enough.Dispose();
    }

    private void Receive()
    {
        var topic = new TopicNames(prefix).Alerts;
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers, GroupId = $"{prefix}-latency", IsolationLevel = IsolationLevel.ReadCommitted, FetchWaitMaxMs = 10, EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        while (!_enough.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } record && AlertCodec.TryDecode(record.Message.Value, out var alert, out _)
                && alert!.State == AlertState.Opened && _sent.TryRemove((alert.Series, alert.Time), out var stamp))
            {
                _found.Add(Stopwatch.GetElapsedTime(stamp).TotalMilliseconds);
            }
        }
    }
}
