using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Durable;

/// <summary>The durable tier: two manifests a partition on a compacted topic, chunks first, the manifest last. Beside them the text of every configuration that was in force.</summary>
public sealed class TopicSnapshotStore(KafkaConnection connection, TopicNames names) : ISnapshotStore, ISettingsStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SnapshotTopicReader _reader = new(connection, names.Snapshots);
    private readonly Lazy<IProducer<string, byte[]>> _producer = new(() => new ProducerBuilder<string, byte[]>(connection.Apply(new ProducerConfig
    {
        EnableIdempotence = true,
        Acks = Acks.All,
        CompressionType = CompressionType.Lz4,
        LingerMs = 5,
        MessageTimeoutMs = 30_000,
    })).SetLogHandler(static (_, _) => { }).Build());

    public string Name => "topic";

    public Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken) =>
        Locked(() => Slots(partition).LastEpoch + 1, cancellationToken);

    public async Task<WriteOutcome> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (manifest, identity) = (snapshot.Manifest, snapshot.Manifest.Identity);
        var slots = await Locked(() => Slots(identity), cancellationToken);
        if (slots.Judge(manifest) is var judged && judged != WriteOutcome.Written)
        {
            return judged;
        }

        var keys = SnapshotTopicKeys.Chunks(identity, manifest.Segments[^1]);
        await Task.WhenAll(keys.Zip(SnapshotSegment.Cut(snapshot.Newest)).Select(c => SendAsync(c.First, c.Second.ToArray(), cancellationToken)));
        await SendAsync(SnapshotTopicKeys.Manifest(identity, slots.SlotFor(manifest)), manifest.Encode(), cancellationToken);
        await Task.WhenAll(slots.Dropped(manifest).SelectMany(s => SnapshotTopicKeys.Chunks(identity, s)).Select(k => SendAsync(k, null, cancellationToken)));
        if (slots.Emptied(manifest) is { } emptied)
        {
            await SendAsync(SnapshotTopicKeys.Manifest(identity, emptied), null, cancellationToken);
        }

        return WriteOutcome.Written;
    }

    public Task<IReadOnlyList<SnapshotManifest>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken) => Locked(() => Slots(partition).Of(partition), cancellationToken);

    public Task<IReadOnlyList<StateSegment>?> LoadAsync(SnapshotManifest manifest, CancellationToken cancellationToken) => Locked<IReadOnlyList<StateSegment>?>(
        () =>
        {
            _reader.Refresh();
            var segments = manifest.Segments.Select(s => (s.Stamp, Bytes: s.Join(_reader.Values(SnapshotTopicKeys.Chunks(manifest.Identity, s)) ?? []))).ToList();
            return segments.Exists(s => s.Bytes is null) ? null : [.. segments.Select(s => new StateSegment(s.Stamp, s.Bytes))];
        },
        cancellationToken);

    public Task WriteAsync(string group, ulong hash, string text, CancellationToken cancellationToken) =>
        SendAsync(SnapshotTopicKeys.Settings(group, hash), Encoding.UTF8.GetBytes(text), cancellationToken);

    public Task<string?> ReadAsync(string group, ulong hash, CancellationToken cancellationToken) => Locked(
        () =>
        {
            _reader.Refresh();
            return _reader.Kept(SnapshotTopicKeys.Settings(group, hash)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        },
        cancellationToken);

    public void Dispose()
    {
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }

        _reader.Dispose();
        _gate.Dispose();
    }

    private SnapshotSlots Slots(PartitionIdentity partition)
    {
        _reader.Refresh();
        return SnapshotSlots.Of(slot => _reader.Kept(SnapshotTopicKeys.Manifest(partition, slot)) is { } bytes ? SnapshotManifest.Decode(bytes, slot) : null);
    }

    private Task<DeliveryResult<string, byte[]>> SendAsync(string key, byte[]? value, CancellationToken cancellationToken) =>
        _producer.Value.ProduceAsync(new TopicPartition(names.Snapshots, 0), new Message<string, byte[]> { Key = key, Value = value! }, cancellationToken);

    private async Task<T> Locked<T>(Func<T> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(action, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }
}
