using System.Diagnostics;
using Confluent.Kafka;

namespace Tidewatch.Faults.Rig;

/// <summary>Writes the input at a steady rate, each record once whatever the broker does, and knows how far it got.</summary>
internal sealed class ObservationFeed : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private readonly string _topic;
    private readonly FaultInput _input;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly CancellationTokenSource _end = new();
    private readonly long[] _written;
    private Task _running = Task.CompletedTask;
    private string? _failure;
    private long _next;

    public ObservationFeed(string bootstrapServers, string topic, FaultInput input, int partitions)
    {
        (_topic, _input, _written) = (topic, input, new long[partitions]);
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers, EnableIdempotence = true, LingerMs = 5, MessageTimeoutMs = 600_000, ReconnectBackoffMaxMs = 1_000, DeliveryReportFields = "status",
        }).SetLogHandler(static (_, _) => { }).Build();
    }

    /// <summary>End of each partition as far as the broker has confirmed it.</summary>
    public long[] Written
    {
        get
        {
            lock (_written)
            {
                return [.. _written];
            }
        }
    }

    public void Start(int rate) => _running = Task.Run(() => RunAsync(rate));

    /// <summary>Ends the stream; what was sent is on the topic.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _running;
        await Task.Run(() => _producer.Flush(TimeSpan.FromMinutes(2)));
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"the input could not be written: {failure}");
        }
    }

    /// <summary>One more record for every series.</summary>
    public async Task SendRoundAsync()
    {
        for (var i = 0; i < FaultInput.Series; i++)
        {
            Send();
        }

        await Task.Run(() => _producer.Flush(TimeSpan.FromMinutes(2)));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _producer.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(int rate)
    {
        for (var clock = Stopwatch.StartNew(); !_end.IsCancellationRequested; await Task.Delay(Beat))
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); _next < due && !_end.IsCancellationRequested;)
            {
                Send();
            }
        }
    }

    private void Send()
    {
        var (partition, message) = _input.At(_next++);
        while (true)
        {
            try
            {
                _producer.Produce(new TopicPartition(_topic, partition), message, Confirmed);
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Poll(Beat);
            }
        }
    }

    private void Confirmed(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            _failure = report.Error.Reason;
            return;
        }

        lock (_written)
        {
            _written[report.Partition.Value] = Math.Max(_written[report.Partition.Value], report.Offset.Value + 1);
        }
    }
}
