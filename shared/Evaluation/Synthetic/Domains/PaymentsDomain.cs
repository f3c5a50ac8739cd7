namespace Tidewatch.Evaluation.Synthetic.Domains;

/// <summary>Card payments of a few merchants, with fraud in bursts.</summary>
internal sealed class PaymentsDomain : SyntheticDomain
{
    private const string Amount = "amount";
    private const string Velocity = "velocity";
    private const string Distance = "distance_km";
    private const string Age = "card_age_days";

    public override string Name => "payments";

    public override string Summary => "card payments of five merchants: amount, and each transaction with amount, hour-like load, velocity, distance and card age";

    public override TimeSpan Interval => TimeSpan.FromSeconds(1);

    public override int SamplesPerDay => 2_400;

    public override IReadOnlyList<string> Entities { get; } = ["grocer", "fuel", "fashion", "books", "travel"];

    public override IReadOnlyList<Signal> Signals { get; } =
    [
        new(Amount, "euro", 45) { Noise = 0.22, Memory = 0, Daily = 0.08, Drift = 0.05, Logarithmic = true, Floor = 0.01 },
        new("load", "payments_per_minute", 30) { Noise = 0.08, Daily = 0.5, Weekend = 1.2, Floor = 0 },
        new(Velocity, "payments_per_card_and_hour", 1.5) { Noise = 0.3, Memory = 0, Logarithmic = true, Floor = 0 },
        new(Distance, "km", 6) { Noise = 0.5, Memory = 0, Logarithmic = true, Floor = 0 },
        new(Age, "days", 700) { Noise = 0.4, Memory = 0, Logarithmic = true, Floor = 0, Decimals = 0 },
    ];

    public override AnomalySchedule Schedule { get; } = new(
        [
            new("stolen-card", 4, 8, new Effect(Amount, EffectKind.Times, 6, 14), new Effect(Velocity, EffectKind.Times, 4, 8), new Effect(Distance, EffectKind.Times, 20, 200)),
            new("card-testing", 5, 10, new Effect(Amount, EffectKind.Times, 0.01, 0.04), new Effect(Velocity, EffectKind.Times, 10, 30), new Effect(Age, EffectKind.Times, 0.01, 0.05)),
            new("refund-abuse", 3, 6, new Effect(Amount, EffectKind.Times, 10, 20)),
        ],
        Block: 200, Chance: 0.55, QuietBlocks: 2);

    public override string? FeatureSeries => "transaction";

    public override IReadOnlyList<string> OnlyFeatures => ["load", Velocity, Distance, Age];

    // A payment that does not happen is no missing one.
    public override double Missing => 0;

    public override double Gaps => 0;
}
