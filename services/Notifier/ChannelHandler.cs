using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Stages;
using Tidewatch.Storage;

namespace Tidewatch.Notifier;

/// <summary>The way of alerts to one channel. Each channel has its own consumer group: one that is away holds up no other.</summary>
public sealed class ChannelHandler<TChannel, TOptions>(
    TChannel channel, IOptions<TOptions> options, IOptions<OutputOptions> output, ChannelHealth<TChannel> health, TimeProvider time, ILogger<TChannel> logger)
    : IRecordHandler, IAsyncDisposable
    where TChannel : class, IChannel
    where TOptions : ChannelOptions
{
    private static readonly Meter Meter = new("Tidewatch");
    private static readonly Counter<long> Unreadable = Meter.CreateCounter<long>("alerts_unreadable", description: "Records of the alerts topic that are no alert.");
    private readonly GroupStage _group = new(options.Value.Interval, time);
    private Next? _line;

    /// <summary>Alerts that wait for their group's turn are not done with: after a crash they come again.</summary>
    public int Unsettled => _group.Unsettled;

    public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
    {
        _group.BeginBatch();
        _line ??= Line();
        return _line(new AlertGroup([.. records.Select(Decode).OfType<Alert>()]), cancellationToken);
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private Next Line()
    {
        var name = NotifierRegistration.NameOf<TChannel>();
        var log = channel is IDeliveredIds own ? DeliveryLog.Of(own.ReadDeliveredIds()) : DeliveryLog.Open(output.Value.PathOf($".{name}.sent"));
        return StageLine.Of([new RouteStage(options.Value), new DedupStage(log), _group, new RetryStage(name, channel, health, time, logger), new RecordStage(log)]);
    }

    private static Alert? Decode(ReceivedRecord record)
    {
        if (AlertCodec.TryDecode(record.Value, out var alert, out _))
        {
            return alert;
        }

        Unreadable.Add(1, new KeyValuePair<string, object?>("channel", NotifierRegistration.NameOf<TChannel>()));
        return null;
    }
}
