using System.Diagnostics.Metrics;
using System.IO.Hashing;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>The fast tier: two slots a partition in Redis, chunks first, the manifest last, fenced by (epoch, offset) inside Redis. Nothing ever expires.</summary>
public sealed class RedisSnapshotStore : ISnapshotStore
{
    /// <summary>Largest value written, bytes: small enough not to hold up other clients of the server.</summary>
    public const int ChunkBytes = 512 * 1024;

    private readonly RedisConnection _redis;
    private readonly IOptions<RedisOptions> _options;
    private readonly TimeProvider _time;
    private readonly Counter<long> _damaged;
    private long _written;

    public RedisSnapshotStore(RedisConnection redis, IOptions<RedisOptions> options, TimeProvider time, IMeterFactory meters)
    {
        (_redis, _options, _time, _written) = (redis, options, time, time.GetTimestamp());
        var meter = meters.Create("Tidewatch");
        _damaged = meter.CreateCounter<long>("snapshots_damaged_total", description: "Snapshots that were left out because a part was missing or changed.");
        meter.CreateObservableGauge("snapshot_age_seconds", () => time.GetElapsedTime(Interlocked.Read(ref _written)).TotalSeconds, "s", "Time since this process last wrote a snapshot to Redis, or since it began.");
    }

    public string Name => "redis";

    public async Task<long> NextEpochAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        var (database, keys) = (await _redis.DatabaseAsync(cancellationToken), KeysOf(partition));
        return (long)await database.ScriptEvaluateAsync(SnapshotScripts.NextEpoch, [keys.Epoch, keys.Manifest(SnapshotSlot.A), keys.Manifest(SnapshotSlot.B)]);
    }

    public async Task<bool> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (database, keys) = (await _redis.DatabaseAsync(cancellationToken), KeysOf(snapshot.Identity));
        var (slot, staleChunks) = await OlderSlotAsync(database, keys);
        var manifest = SnapshotManifest.Of(snapshot, ChunkBytes, _time.GetUtcNow());
        var index = 0;
        foreach (var chunk in SnapshotManifest.Chunks(snapshot.Payload, ChunkBytes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var written = await database.ScriptEvaluateAsync(SnapshotScripts.WriteChunk, [keys.Epoch, keys.Chunk(slot, index++)], [snapshot.Epoch, chunk]);
            if (!(bool)written)
            {
                return false;
            }
        }

        var other = slot == SnapshotSlot.A ? SnapshotSlot.B : SnapshotSlot.A;
        var visible = await database.ScriptEvaluateAsync(
            SnapshotScripts.WriteManifest, [keys.Epoch, keys.Manifest(slot), keys.Manifest(other)], [snapshot.Epoch, snapshot.Offset, index, manifest.Encode()]);
        if (!(bool)visible)
        {
            return false;
        }

        Interlocked.Exchange(ref _written, _time.GetTimestamp());
        await database.KeyDeleteAsync([.. Enumerable.Range(index, Math.Max(0, staleChunks - index)).Select(i => keys.Chunk(slot, i))]);
        return true;
    }

    public async Task<IReadOnlyList<Snapshot>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken)
    {
        var (database, keys) = (await _redis.DatabaseAsync(cancellationToken), KeysOf(partition));
        var found = new List<Snapshot>();
        foreach (var slot in Enum.GetValues<SnapshotSlot>())
        {
            var body = await database.HashGetAsync(keys.Manifest(slot), "body", CommandFlags.DemandMaster);
            if (body.IsNull)
            {
                continue;
            }

            if (SnapshotManifest.Decode((byte[])body!) is not { } manifest)
            {
                _damaged.Add(1);
            }
            else if (manifest.Identity == partition)
            {
                var payload = await ReadPayloadAsync(database, keys, slot, manifest, cancellationToken);
                _damaged.Add(payload is null ? 1 : 0);
                found.AddRange(payload is null ? [] : [new Snapshot(partition, manifest.Offset, manifest.Epoch, manifest.SeriesCount, manifest.StateHash, payload)]);
            }
        }

        return [.. found.OrderByDescending(s => s.Offset).ThenByDescending(s => s.Epoch)];
    }

    private static async Task<byte[]?> ReadPayloadAsync(IDatabase database, SnapshotKeys keys, SnapshotSlot slot, SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        using var payload = new MemoryStream();
        for (var i = 0; i < manifest.ChunkHashes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = (byte[]?)await database.StringGetAsync(keys.Chunk(slot, i), CommandFlags.DemandMaster);
            if (chunk is null || XxHash64.HashToUInt64(chunk) != manifest.ChunkHashes[i])
            {
                return null;
            }

            payload.Write(chunk);
        }

        return payload.Length == manifest.TotalBytes ? payload.ToArray() : null;
    }

    private static async Task<(SnapshotSlot Slot, int Chunks)> OlderSlotAsync(IDatabase database, SnapshotKeys keys)
    {
        var a = await StampAsync(database, keys.Manifest(SnapshotSlot.A));
        var b = await StampAsync(database, keys.Manifest(SnapshotSlot.B));
        return (a.Epoch, a.Offset).CompareTo((b.Epoch, b.Offset)) <= 0 ? (SnapshotSlot.A, a.Chunks) : (SnapshotSlot.B, b.Chunks);
    }

    private static async Task<(long Epoch, long Offset, int Chunks)> StampAsync(IDatabase database, RedisKey manifest)
    {
        var fields = await database.HashGetAsync(manifest, ["epoch", "offset", "chunks"], CommandFlags.DemandMaster);
        return fields[0].TryParse(out long epoch) && fields[1].TryParse(out long offset) && fields[2].TryParse(out int chunks) ? (epoch, offset, chunks) : (-1, -1, 0);
    }

    private SnapshotKeys KeysOf(PartitionIdentity partition) => new(_options.Value.KeyPrefix, partition);
}
