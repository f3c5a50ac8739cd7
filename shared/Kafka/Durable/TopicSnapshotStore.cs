using System.IO.Hashing;
using System.Text.Json;
using Confluent.Kafka;
using Tidewatch.Contracts.State;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Durable;

/// <summary>The durable tier: two slots a partition on a compacted topic, chunks first, the manifest behind them.</summary>
/// <remarks>
/// A topic cannot compare and set, so an old owner may still write a slot: what it writes is a valid older state (invariants I1, I2),
/// and a slot that two owners mixed fails its checksums and the other slot counts.
/// </remarks>
public sealed class TopicSnapshotStore(KafkaConnection connection, TopicNames names) : ISnapshotStore, IDisposable
{
    /// <summary>Largest chunk, bytes: below the broker's default message.max.bytes with room for key and batch header.</summary>
    public const int ChunkBytes = 900_000;

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
        Locked(() => Manifests(partition).Select(m => m.Manifest.Epoch).DefaultIfEmpty().Max() + 1, cancellationToken);

    public async Task<bool> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var identity = snapshot.Identity;
        var slot = await Locked(() => FreeSlot(snapshot), cancellationToken);
        if (slot is null)
        {
            return false;
        }

        var hashes = new List<ulong>();
        var sent = new List<Task>();
        for (var start = 0; start < snapshot.Payload.Length; start += ChunkBytes)
        {
            var chunk = snapshot.Payload.Slice(start, Math.Min(ChunkBytes, snapshot.Payload.Length - start)).ToArray();
            sent.Add(Send(SnapshotTopicKeys.Chunk(identity, slot, hashes.Count), chunk, cancellationToken));
            hashes.Add(XxHash64.HashToUInt64(chunk));
        }

        await Task.WhenAll(sent);
        await Send(SnapshotTopicKeys.Manifest(identity, slot), JsonSerializer.SerializeToUtf8Bytes(Of(snapshot, hashes), DurableJson.Default.DurableManifest), cancellationToken);
        for (var stale = hashes.Count; _reader.Has(SnapshotTopicKeys.Chunk(identity, slot, stale)); stale++)
        {
            await Send(SnapshotTopicKeys.Chunk(identity, slot, stale), null, cancellationToken);
        }

        return true;
    }

    public Task<IReadOnlyList<Snapshot>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken) => Locked<IReadOnlyList<Snapshot>>(
        () => [.. Manifests(partition).Where(m => m.Manifest.Identity == partition).Select(m => Load(m.Slot, m.Manifest)).OfType<Snapshot>().OrderByDescending(s => s.Offset)],
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

    private static DurableManifest Of(Snapshot snapshot, IReadOnlyList<ulong> hashes) => new()
    {
        Identity = snapshot.Identity,
        Offset = snapshot.Offset,
        Epoch = snapshot.Epoch,
        SeriesCount = snapshot.SeriesCount,
        StateHash = snapshot.StateHash,
        TotalBytes = snapshot.Payload.Length,
        ChunkHashes = hashes,
    };

    /// <summary>The slot that does not hold the newest snapshot; null when the topic already has a newer one than <paramref name="snapshot"/>.</summary>
    private string? FreeSlot(Snapshot snapshot)
    {
        var newest = Manifests(snapshot.Identity).OrderByDescending(m => (m.Manifest.Epoch, m.Manifest.Offset)).FirstOrDefault();
        return newest.Manifest is { } manifest && (manifest.Epoch, manifest.Offset).CompareTo((snapshot.Epoch, snapshot.Offset)) > 0
            ? null
            : SnapshotTopicKeys.Slots.First(s => !string.Equals(s, newest.Slot, StringComparison.Ordinal));
    }

    private List<(string Slot, DurableManifest Manifest)> Manifests(PartitionIdentity partition)
    {
        _reader.Refresh();
        var found = new List<(string, DurableManifest)>();
        foreach (var slot in SnapshotTopicKeys.Slots)
        {
            if (_reader.Manifest(SnapshotTopicKeys.Manifest(partition, slot)) is { } bytes && JsonSerializer.Deserialize(bytes, DurableJson.Default.DurableManifest) is { } manifest)
            {
                found.Add((slot, manifest));
            }
        }

        return found;
    }

    private Snapshot? Load(string slot, DurableManifest manifest)
    {
        var chunks = _reader.Values(Enumerable.Range(0, manifest.ChunkHashes.Count).Select(i => SnapshotTopicKeys.Chunk(manifest.Identity, slot, i)));
        if (chunks is null || chunks.Sum(c => c.Length) != manifest.TotalBytes || chunks.Where((c, i) => XxHash64.HashToUInt64(c) != manifest.ChunkHashes[i]).Any())
        {
            return null;
        }

        byte[] payload = [.. chunks.SelectMany(c => c)];
        return new Snapshot(manifest.Identity, manifest.Offset, manifest.Epoch, manifest.SeriesCount, manifest.StateHash, payload);
    }

    private Task<DeliveryResult<string, byte[]>> Send(string key, byte[]? value, CancellationToken cancellationToken) =>
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
