using Tidewatch.Faults.Rows;

namespace Tidewatch.Faults;

/// <summary>Every row of the matrix that is run, in its order.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<IFaultRow> All { get; } =
    [
        new KillRow(),
        new KillPointRow(),
        new ForgottenPartitionsRow(),
        new RollingRestartRow(),
        new PauseRow("3", isWide: false),
        new PauseRow("3b", isWide: true),
        new RebalanceStormRow("4a", "Classic"),
        new RebalanceStormRow("4b", "Consumer"),
        new RebalanceStormRow("4c", "Classic", isWide: true),
        new RebalanceStormRow("4d", "Consumer", isWide: true),
        new BrokerRestartRow(),
        new BrokerKillRow(),
        new CoordinatorKillRow(),
        new AllBrokersDownRow(),
        new NetworkRow("7a", "Kafka cut off", "kafka", "cut", new { }, seconds: 8, isShort: true),
        new NetworkRow("7b", "Kafka a black hole: connections stay, nothing passes", "kafka", "timeout", new { timeout = 0 }, seconds: 20),
        new NetworkRow("7c", "connections to Kafka reset again and again", "kafka", "reset_peer", new { timeout = 300 }, seconds: 10),
        new NetworkRow("7d", "Redis a black hole", "redis", "timeout", new { timeout = 0 }, seconds: 10),
        new NetworkRow("7e", "500 ms latency to Redis", "redis", "latency", new { latency = 500, jitter = 100 }, seconds: 10),
        new NetworkRow("7f", "asymmetric: requests reach Kafka, answers do not come back", "kafka", "timeout", new { timeout = 0 }, seconds: 15, direction: "downstream"),
        new NetworkRow("7g", "asymmetric: answers would come, requests do not reach Kafka", "kafka", "timeout", new { timeout = 0 }, seconds: 15, direction: "upstream"),
        new CoordinatorCutRow(),
        new DelayedEndTxnRow(),
        new TransactionTimeoutRow(),
        new NetworkRow("10a", "200 ms latency to Kafka", "kafka", "latency", new { latency = 200, jitter = 50 }, seconds: 10),
        new NetworkRow("10b", "100 KB/s to Kafka", "kafka", "bandwidth", new { rate = 100 }, seconds: 10),
        new RedisFlushRow(),
        new RedisKillRow(),
        new RedisFailoverRow(),
        new RedisDamageRow(),
        new RedisDownRow("15", isWide: false),
        new RedisDownRow("15b", isWide: true),
        new RedisPolicyRow(),
        new RetentionGapRow(),
        new TopicRecreatedRow("18a", isUp: false),
        new TopicRecreatedRow("18b", isUp: true),
        new PartitionsAddedRow(),
        new OffsetRow("20", "group offsets deleted", "OFFSET_MISSING", by: null),
        new OffsetRow("21a", "group offsets rewound by hand", "OFFSET_REWOUND", by: -500),
        new OffsetRow("21b", "group offsets moved ahead by hand", "AUDIT_BREAK", by: 10),
        new BadInputRow("22", "poison records, 10 %, duplicates, late and future, 22 %"),
        new ClockSkewRow("24", "clocks of the detectors an hour ahead and behind, and stepping, with kill -9", minutes: 59),
        new ClockSkewRow("24b", "clocks of the detectors two hours ahead and behind, and stepping, with kill -9", minutes: 120),
        new RedisFullRow(),
        new RedisDiskRow(),
        new BrokerDiskRow(),
        new InfluxDiskRow(),
        new MemoryRow(),
        new SinkRow(),
        new NotifierRow(),
        new ConfigChangeRow(),
        new UpgradeRow(),
        new ScaleRow(),
        new SoakRow(),
        new UncleanElectionRow("32a", Truncation.WhileDown),
        new UncleanElectionRow("32b", Truncation.WhileDownAndRegrown),
        new UncleanElectionRow("32c", Truncation.WhileUp),
        new CompactedInputRow(),
        new SameNameRow(),
        new CorrectionsRow(),
    ];

    /// <summary>The rows that <paramref name="list"/> names by number, such as <c>1,7,18a</c>, where 7 stands for 7a, 7b and so on; all of them when it is empty. Throws <see cref="ArgumentException"/> for a number that is not there.</summary>
    /// <param name="list">Numbers, parted by commas.</param>
    /// <param name="isWide">Whether rows of minutes are among those that are not named by their own number.</param>
    public static IReadOnlyList<IFaultRow> Select(string? list, bool isWide)
    {
        var usual = All.Where(r => isWide || !r.IsWide);
        if (string.IsNullOrWhiteSpace(list))
        {
            return [.. usual];
        }

        var rows = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToDictionary(
            w => w, w => All.Where(r => r.Number == w).Union(usual.Where(r => WithoutLetter(r.Number) == w)).ToHashSet(), StringComparer.Ordinal);
        return rows.FirstOrDefault(r => r.Value.Count == 0).Key is { } unknown
            ? throw new ArgumentException($"there is no row {unknown}; there are {string.Join(", ", All.Select(r => r.Number))}", nameof(list))
            : [.. All.Where(r => rows.Values.Any(named => named.Contains(r)))];
    }

    public static IFaultRow Get(string number) => All.Single(r => r.Number == number);

    /// <summary>The number of the matrix without the letter.</summary>
    public static string WithoutLetter(string number) => char.IsAsciiLetterLower(number[^1]) ? number[..^1] : number;
}
