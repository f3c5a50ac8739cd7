namespace Tidewatch.Evaluation.Synthetic.Domains;

/// <summary>Traffic of a few links, counted every five minutes.</summary>
internal sealed class NetworkDomain : SyntheticDomain
{
    private const string Bytes = "bytes_out";
    private const string Flows = "flows";
    private const string Ports = "distinct_ports";
    private const string Peers = "distinct_peers";
    private const string Failed = "failed_share";

    public override string Name => "network";

    public override string Summary => "bytes, flows and distinct ports of four links, and all measures of a link as features";

    public override TimeSpan Interval => TimeSpan.FromMinutes(5);

    public override int SamplesPerDay => 288;

    public override IReadOnlyList<string> Entities { get; } = ["edge", "office", "dmz", "backup"];

    public override IReadOnlyList<Signal> Signals { get; } =
    [
        new(Bytes, "megabytes", 800) { Daily = 0.45, Weekend = 0.6, Noise = 0.1, Memory = 0.5, Drift = 0.05, Logarithmic = true },
        new(Flows, "flows", 4_000) { Daily = 0.45, Weekend = 0.6, Noise = 0.07, Memory = 0.5, Drift = 0.05, Logarithmic = true, Decimals = 0 },
        new(Ports, "ports", 120) { Daily = 0.2, Weekend = 0.8, Noise = 0.06, Memory = 0.2, Logarithmic = true, Decimals = 0 },
        new(Peers, "hosts", 300) { Daily = 0.3, Weekend = 0.7, Noise = 0.07, Memory = 0.3, Logarithmic = true, Decimals = 0 },
        new(Failed, "share", 0.03) { Daily = 0.1, Noise = 0.12, Memory = 0.1, Logarithmic = true, Ceiling = 1, Decimals = 4 },
    ];

    public override AnomalySchedule Schedule { get; } = new(
        [
            new("port-scan", 2, 6, new Effect(Ports, EffectKind.Times, 6, 20), new Effect(Flows, EffectKind.Times, 2.5, 4), new Effect(Failed, EffectKind.Times, 8, 20)),
            new("flood", 3, 12, new Effect(Flows, EffectKind.Times, 5, 12), new Effect(Peers, EffectKind.Times, 5, 15), new Effect(Bytes, EffectKind.Times, 3, 5)),
            new("outage", 2, 12, new Effect(Bytes, EffectKind.Times, 0.005, 0.03), new Effect(Flows, EffectKind.Times, 0.01, 0.05), new Effect(Ports, EffectKind.Times, 0.02, 0.1), new Effect(Peers, EffectKind.Times, 0.01, 0.05)),
            new("exfiltration", 12, 36, new Effect(Bytes, EffectKind.Times, 4, 7)),
            new("beaconing", 24, 48, new Effect(Flows, EffectKind.Stuck), new Effect(Ports, EffectKind.Stuck)),
            new("flapping", 12, 36, new Effect(Bytes, EffectKind.Variance, 6, 9)),
        ],
        Block: 288, Chance: 0.3, QuietBlocks: 4);

    public override string? FeatureSeries => "traffic";

    public override IReadOnlyList<string> OnlyFeatures => [Peers, Failed];
}
