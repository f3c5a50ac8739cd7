using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Faults.Rig;

/// <summary>Follows the progress topic as a read_committed reader: how far each input partition is committed.</summary>
internal sealed class ProgressWatch : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<int, ProgressRecord> _last = [];
    private readonly List<ProgressRecord> _links = [];
    private readonly string _input;
    private readonly Task _running;

    public ProgressWatch(string bootstrapServers, string topic, string input)
    {
        _input = input;
        _running = Task.Factory.StartNew(() => Follow(bootstrapServers, topic), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>All links so far.</summary>
    public IReadOnlyList<ProgressRecord> Links
    {
        get
        {
            lock (_last)
            {
                return [.. _links];
            }
        }
    }

    /// <summary>The newest link of a partition.</summary>
    public ProgressRecord? Last(int partition)
    {
        lock (_last)
        {
            return _last.GetValueOrDefault(partition);
        }
    }

    /// <summary>The time until every partition is committed up to <paramref name="mark"/>; null when that takes longer than <paramref name="patience"/>.</summary>
    public async Task<TimeSpan?> ReachAsync(IReadOnlyList<long> mark, TimeSpan patience)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience; await Task.Delay(Beat))
        {
            if (mark.Select((to, p) => (Last(p)?.To ?? 0) >= to).All(reached => reached))
            {
                return clock.Elapsed;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private void Follow(string bootstrapServers, string topic)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers, GroupId = "watch-" + topic, IsolationLevel = IsolationLevel.ReadCommitted, EnableAutoCommit = false, AutoOffsetReset = AutoOffsetReset.Earliest, FetchWaitMaxMs = 20, ReconnectBackoffMaxMs = 500,
        }).SetLogHandler(static (_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        while (!_end.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100))?.Message.Value is { } value
                && JsonSerializer.Deserialize(value, ContractJson.Default.ProgressRecord) is { } link && link.Topic == _input)
            {
                lock (_last)
                {
                    _last[link.Partition] = link;
                    _links.Add(link);
                }
            }
        }
    }
}
