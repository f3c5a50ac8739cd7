using Tidewatch.Faults.Rig.Wire;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>The servers of one row, as the test reaches them and as the detectors do.</summary>
internal sealed class RowCluster : IAsyncDisposable
{
    private readonly ClusterKind _kind;
    private RedisServer? _replica;

    private RowCluster(ClusterKind kind, KafkaServer kafka, RedisServer redis, NetworkProxy? proxy, string forDetectors, string redisForDetectors)
    {
        _kind = kind;
        (Kafka, Redis, Proxy, ForDetectors, RedisForDetectors) = (kafka, redis, proxy, forDetectors, redisForDetectors);
    }

    public KafkaServer Kafka { get; }

    public RedisServer Redis { get; }

    /// <summary>With the connections <c>kafka</c> (<c>kafka-1</c> and on, of several brokers) and <c>redis</c>; null where the row has none.</summary>
    public NetworkProxy? Proxy { get; }

    /// <summary>Set where the row asked for it.</summary>
    public EndTxnHolder? Holder { get; private init; }

    /// <summary>Between the detectors and Kafka where the row is tapped; else null.</summary>
    public RequestTap? KafkaTap { get; private init; }

    /// <summary>Between the detectors and Redis where the row is tapped; else null.</summary>
    public RequestTap? RedisTap { get; private init; }

    /// <summary>Of which <see cref="Redis"/> is the primary at first; null where the row has one Redis.</summary>
    public RedisPair? Pair { get; private init; }

    /// <summary>The file system of a server where the row asked for it; else null.</summary>
    public SmallDisk? Disk { get; private init; }

    public string ForDetectors { get; }

    public string RedisForDetectors { get; }

    public static async Task<RowCluster> StartAsync(RigOptions options)
    {
        if (options.Cluster == ClusterKind.Tapped)
        {
            return Tapped();
        }

        var disk = options.RedisDiskMegabytes + options.KafkaDiskMegabytes is > 0 and var size ? new SmallDisk(size) : null;
        var redis = options.RedisDiskMegabytes > 0 ? new RedisServer("--dir", disk!.Folder) : new RedisServer();
        var replica = options.HasRedisReplica ? new RedisServer() : null;
        var proxy = options.NeedsProxy ? await NetworkProxy.StartAsync() : null;
        var (port, outer, redisPort) = (KafkaServer.FreePorts(3), FreePort.Row(3), FreePort.Next());
        var kafka = options.Cluster switch
        {
            ClusterKind.One => (KafkaServer)KafkaServer.Shared!,
            ClusterKind.Three => new KafkaServer(KafkaServer.Script!, brokers: 3),
            ClusterKind.Proxied => KafkaServer.BehindProxy(KafkaServer.Script!, 1, port, outer),
            ClusterKind.ThreeProxied => KafkaServer.BehindProxy(KafkaServer.Script!, 3, port, outer),
            _ when options.KafkaDiskMegabytes > 0 => KafkaServer.In(Path.Combine(disk!.Folder, "kafka"), KafkaServer.Script!),
            _ => new KafkaServer(KafkaServer.Script!),
        };
        var isProxied = options.Cluster is ClusterKind.Proxied or ClusterKind.ThreeProxied;
        var holder = options.HoldsEndTxn ? new EndTxnHolder(KafkaServer.Inner(port, 1)) : null;
        for (var broker = 1; isProxied && broker <= kafka.Brokers; broker++)
        {
            await proxy!.AddAsync(kafka.Brokers == 1 ? "kafka" : $"kafka-{broker}", outer + broker - 1, holder?.Port ?? KafkaServer.Inner(port, broker));
        }

        if (options.ProxiesRedis)
        {
            await proxy!.AddAsync("redis", redisPort, redis.Port);
        }

        return new RowCluster(
            options.Cluster, kafka, redis, proxy,
            isProxied ? string.Join(',', Enumerable.Range(outer, kafka.Brokers).Select(p => $"127.0.0.1:{p}")) : kafka.BootstrapServers,
            options.ProxiesRedis ? $"127.0.0.1:{redisPort}" : replica is null ? redis.Configuration : $"{redis.Configuration},{replica.Configuration}")
        {
            Holder = holder, Disk = disk, _replica = replica, Pair = replica is null ? null : new RedisPair(redis, replica),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tap in new[] { KafkaTap, RedisTap })
        {
            await (tap?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        if (Holder is not null)
        {
            await Holder.DisposeAsync();
        }

        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        Redis.Dispose();
        _replica?.Dispose();
        if (_kind != ClusterKind.One)
        {
            Kafka.Dispose();
        }

        Disk?.Dispose();
    }

    private static RowCluster Tapped()
    {
        var (redis, port) = (new RedisServer(), KafkaServer.FreePorts(1));
        var (kafkaTap, redisTap) = (new RequestTap(KafkaServer.Inner(port, 1), KafkaRequest.ReadAsync), new RequestTap(redis.Port, RedisRequest.ReadAsync));
        var kafka = KafkaServer.BehindProxy(KafkaServer.Script!, 1, port, kafkaTap.Port);
        return new RowCluster(ClusterKind.Tapped, kafka, redis, proxy: null, $"127.0.0.1:{kafkaTap.Port}", $"127.0.0.1:{redisTap.Port}") { KafkaTap = kafkaTap, RedisTap = redisTap };
    }
}
