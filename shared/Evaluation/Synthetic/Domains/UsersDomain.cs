namespace Tidewatch.Evaluation.Synthetic.Domains;

/// <summary>What the accounts of a few departments do, counted every five minutes.</summary>
internal sealed class UsersDomain : SyntheticDomain
{
    private const string Actions = "actions";
    private const string Downloads = "downloads";
    private const string Failures = "failed_logins";
    private const string Addresses = "distinct_addresses";

    public override string Name => "users";

    public override string Summary => "actions, downloads and failed logins of four departments, and all measures of a department as features";

    public override TimeSpan Interval => TimeSpan.FromMinutes(5);

    public override int SamplesPerDay => 288;

    public override IReadOnlyList<string> Entities { get; } = ["sales", "finance", "engineering", "support"];

    public override IReadOnlyList<Signal> Signals { get; } =
    [
        new(Actions, "actions", 400) { Daily = 0.55, Weekend = 0.4, Noise = 0.08, Memory = 0.4, Drift = 0.04, Logarithmic = true, Decimals = 0 },
        new(Downloads, "megabytes", 90) { Daily = 0.5, Weekend = 0.4, Noise = 0.15, Memory = 0.2, Drift = 0.04, Logarithmic = true },
        new(Failures, "logins", 9) { Daily = 0.3, Weekend = 0.6, Noise = 0.15, Memory = 0.1, Logarithmic = true, Decimals = 0 },
        new(Addresses, "addresses", 60) { Daily = 0.4, Weekend = 0.5, Noise = 0.06, Memory = 0.3, Logarithmic = true, Decimals = 0 },
    ];

    public override AnomalySchedule Schedule { get; } = new(
        [
            new("password-guessing", 2, 8, new Effect(Failures, EffectKind.Times, 12, 40)),
            new("account-takeover", 6, 18, new Effect(Failures, EffectKind.Times, 8, 16), new Effect(Addresses, EffectKind.Times, 3, 5), new Effect(Downloads, EffectKind.Times, 6, 10)),
            new("mass-download", 4, 18, new Effect(Downloads, EffectKind.Times, 8, 20)),
            new("bot", 24, 60, new Effect(Actions, EffectKind.Stuck)),
            new("lock-out", 3, 12, new Effect(Actions, EffectKind.Times, 0.01, 0.06), new Effect(Downloads, EffectKind.Times, 0.01, 0.05)),
            new("runaway-script", 6, 24, new Effect(Actions, EffectKind.Times, 4, 8)),
        ],
        Block: 288, Chance: 0.3, QuietBlocks: 4);

    public override string? FeatureSeries => "activity";

    public override IReadOnlyList<string> OnlyFeatures => [Addresses];
}
