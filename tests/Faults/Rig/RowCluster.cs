using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>The servers of one row, as the test reaches them and as the detectors do.</summary>
internal sealed class RowCluster : IAsyncDisposable
{
    private readonly ClusterKind _kind;

    private RowCluster(ClusterKind kind, KafkaServer kafka, RedisServer redis, NetworkProxy? proxy, string forDetectors, string redisForDetectors)
    {
        _kind = kind;
        (Kafka, Redis, Proxy, ForDetectors, RedisForDetectors) = (kafka, redis, proxy, forDetectors, redisForDetectors);
    }

    public KafkaServer Kafka { get; }

    public RedisServer Redis { get; }

    /// <summary>With the connections <c>kafka</c> and <c>redis</c>; null where the row has none.</summary>
    public NetworkProxy? Proxy { get; }

    /// <summary>Set where the row asked for it.</summary>
    public EndTxnHolder? Holder { get; private init; }

    public string ForDetectors { get; }

    public string RedisForDetectors { get; }

    public static async Task<RowCluster> StartAsync(RigOptions options)
    {
        var redis = new RedisServer();
        var proxy = options.NeedsProxy ? await NetworkProxy.StartAsync() : null;
        var (inner, advertised, redisPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var kafka = options.Cluster switch
        {
            ClusterKind.One => (KafkaServer)KafkaServer.Shared!,
            ClusterKind.Three => new KafkaServer(KafkaServer.Script!, brokers: 3),
            ClusterKind.Proxied => KafkaServer.BehindProxy(KafkaServer.Script!, inner, advertised),
            _ => new KafkaServer(KafkaServer.Script!),
        };
        var holder = options.HoldsEndTxn ? new EndTxnHolder(inner) : null;
        if (options.Cluster == ClusterKind.Proxied)
        {
            await proxy!.AddAsync("kafka", advertised, holder?.Port ?? inner);
        }

        if (options.ProxiesRedis)
        {
            await proxy!.AddAsync("redis", redisPort, redis.Port);
        }

        return new RowCluster(
            options.Cluster, kafka, redis, proxy,
            options.Cluster == ClusterKind.Proxied ? $"127.0.0.1:{advertised}" : kafka.BootstrapServers,
            options.ProxiesRedis ? $"127.0.0.1:{redisPort}" : redis.Configuration) { Holder = holder };
    }

    public async ValueTask DisposeAsync()
    {
        if (Holder is not null)
        {
            await Holder.DisposeAsync();
        }

        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        Redis.Dispose();
        if (_kind != ClusterKind.One)
        {
            Kafka.Dispose();
        }
    }
}
