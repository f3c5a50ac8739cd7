using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Storage.Snapshots;

/// <summary>The fast tier: two manifests a partition in Redis, chunks first, the manifest last, fenced by (epoch, offset) inside Redis. Nothing ever expires.</summary>
public sealed class RedisSnapshotStore : ISnapshotStore
{
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
        return (long)await database.ScriptEvaluateAsync(SnapshotScripts.NextEpoch, [keys.Epoch, .. SnapshotSlots.Names.Select(keys.Manifest)]);
    }

    public async Task<WriteOutcome> WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var manifest = snapshot.Manifest;
        var (database, keys) = (await _redis.DatabaseAsync(cancellationToken), KeysOf(manifest.Identity));
        var slots = await SlotsAsync(database, keys);
        if (slots.Judge(manifest) is var judged && judged != WriteOutcome.Written)
        {
            return judged;
        }

        var chunks = keys.Chunks(manifest.Segments[^1]);
        foreach (var (key, chunk) in chunks.Zip(SnapshotSegment.Cut(snapshot.Newest)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!(bool)await database.ScriptEvaluateAsync(SnapshotScripts.WriteChunk, [keys.Epoch, key], [manifest.Epoch, chunk]))
            {
                return WriteOutcome.Outdated;
            }
        }

        var outcome = await ShowAsync(database, keys, slots, manifest, chunks);
        if (outcome == WriteOutcome.Written)
        {
            Interlocked.Exchange(ref _written, _time.GetTimestamp());
            var emptied = slots.Emptied(manifest) is { } slot ? [keys.Manifest(slot)] : Array.Empty<RedisKey>();
            await database.KeyDeleteAsync([.. slots.Dropped(manifest).SelectMany(keys.Chunks), .. emptied]);
        }

        return outcome;
    }

    public async Task<IReadOnlyList<SnapshotManifest>> ReadAsync(PartitionIdentity partition, CancellationToken cancellationToken) =>
        (await SlotsAsync(await _redis.DatabaseAsync(cancellationToken), KeysOf(partition))).Of(partition);

    public async Task<IReadOnlyList<StateSegment>?> LoadAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var (database, keys) = (await _redis.DatabaseAsync(cancellationToken), KeysOf(manifest.Identity));
        var segments = new List<StateSegment>();
        foreach (var segment in manifest.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunks = await Task.WhenAll(keys.Chunks(segment).Select(k => database.StringGetAsync(k, CommandFlags.DemandMaster)));
            if (segment.Join([.. chunks.Select(c => (byte[]?)c)]) is not { } bytes)
            {
                _damaged.Add(1);
                return null;
            }

            segments.Add(new StateSegment(segment.Stamp, bytes));
        }

        return segments;
    }

    private static async Task<WriteOutcome> ShowAsync(IDatabase database, SnapshotKeys keys, SnapshotSlots slots, SnapshotManifest manifest, RedisKey[] chunks)
    {
        var target = slots.SlotFor(manifest);
        var before = manifest.Segments.Count == 1 ? "" : manifest.Segments[^2].Id;
        var shown = (int)await database.ScriptEvaluateAsync(
            SnapshotScripts.WriteManifest, [keys.Epoch, keys.Manifest(target), keys.Manifest(slots.BaseOf(manifest) ?? target), .. SnapshotSlots.Names.Select(keys.Manifest), .. chunks],
            [manifest.Epoch, manifest.Offset, before, manifest.Segments[^1].Id, manifest.Encode()]);
        return shown switch
        {
            1 => WriteOutcome.Written,
            0 => WriteOutcome.Outdated,
            _ => WriteOutcome.BaseLost,
        };
    }

    private async Task<SnapshotSlots> SlotsAsync(IDatabase database, SnapshotKeys keys)
    {
        var found = new Dictionary<string, SnapshotManifest?>(StringComparer.Ordinal);
        foreach (var slot in SnapshotSlots.Names)
        {
            var body = (byte[]?)await database.HashGetAsync(keys.Manifest(slot), "body", CommandFlags.DemandMaster);
            found[slot] = body is null ? null : SnapshotManifest.Decode(body, slot);
            _damaged.Add(body is not null && found[slot] is null ? 1 : 0);
        }

        return SnapshotSlots.Of(slot => found[slot]);
    }

    private SnapshotKeys KeysOf(PartitionIdentity partition) => new(_options.Value.KeyPrefix, partition);
}
