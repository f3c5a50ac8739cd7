namespace Tidewatch.Faults.Rig;

/// <summary>What stands around a row's detectors.</summary>
internal sealed record RigOptions
{
    /// <summary>Partitions of the input topic.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>Observations a second.</summary>
    public int Rate { get; init; } = 2_000;

    /// <summary>How many times 1 % poison, 1 % duplicates, 1 % late.</summary>
    public int BadTimes { get; init; } = 1;

    /// <summary>How many of a thousand records are corrections of what was judged before them.</summary>
    public int Corrections { get; init; }

    /// <summary>Which Kafka.</summary>
    public ClusterKind Cluster { get; init; } = ClusterKind.One;

    /// <summary>Whether Redis is reached through a proxy.</summary>
    public bool ProxiesRedis { get; init; }

    /// <summary>Whether the detectors know of two Redis servers.</summary>
    public bool HasRedisReplica { get; init; }

    /// <summary>Size of a file system of its own for Redis, in megabytes; 0 for none.</summary>
    public int RedisDiskMegabytes { get; init; }

    /// <summary>The same for the row's own broker.</summary>
    public int KafkaDiskMegabytes { get; init; }

    /// <summary>Brokers that hold the input alone, its leader first, where a lagging one may be elected; empty for all of them, in order.</summary>
    public IReadOnlyList<int> UncleanInputOn { get; init; } = [];

    /// <summary>Whether an <see cref="EndTxnHolder"/> stands behind the proxy to Kafka.</summary>
    public bool HoldsEndTxn { get; init; }

    /// <summary>Whether toxiproxy stands in between somewhere.</summary>
    public bool NeedsProxy => ProxiesRedis || Cluster is ClusterKind.Proxied or ClusterKind.ThreeProxied;

    /// <summary>Settings of the detectors on top of the rig's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The Kafka of a row.</summary>
internal enum ClusterKind
{
    /// <summary>One broker, shared by the rows.</summary>
    One,

    /// <summary>One broker of the row's own, which may be stopped.</summary>
    Own,

    /// <summary>Three brokers of the row's own, replication 3, min.insync 2.</summary>
    Three,

    /// <summary>One broker of the row's own; the detectors reach it through a proxy.</summary>
    Proxied,

    /// <summary>As <see cref="Three"/>; the detectors reach each broker through a proxy of its own, <c>kafka-1</c> to <c>kafka-3</c>.</summary>
    ThreeProxied,

    /// <summary>One broker of the row's own; taps that see each request stand before it and before Redis.</summary>
    Tapped,
}
