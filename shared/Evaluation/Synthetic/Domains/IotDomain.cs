namespace Tidewatch.Evaluation.Synthetic.Domains;

/// <summary>Machines with sensors, a reading every five minutes.</summary>
internal sealed class IotDomain : SyntheticDomain
{
    private const string Temperature = "temperature";
    private const string Vibration = "vibration";
    private const string Power = "power";

    public override string Name => "iot";

    public override string Summary => "temperature, vibration and power of four machines";

    public override TimeSpan Interval => TimeSpan.FromMinutes(5);

    public override int SamplesPerDay => 288;

    public override IReadOnlyList<string> Entities { get; } = ["press-1", "press-2", "pump-1", "oven-1"];

    public override IReadOnlyList<Signal> Signals { get; } =
    [
        new(Temperature, "celsius", 60) { Daily = 0.08, Noise = 0.006, Memory = 0.6, Drift = 0.015, Floor = -40, Ceiling = 200 },
        new(Vibration, "mm_per_second", 2.5) { Daily = 0.15, Weekend = 0.8, Noise = 0.06, Memory = 0.3, Drift = 0.03, Decimals = 3 },
        new(Power, "kilowatt", 12) { Daily = 0.25, Weekend = 0.7, Noise = 0.03, Memory = 0.5, Drift = 0.02 },
    ];

    public override AnomalySchedule Schedule { get; } = new(
        [
            new("spike", 1, 3, new Effect(Temperature, EffectKind.Add, 25, 45)),
            new("overheating", 24, 60, new Effect(Temperature, EffectKind.Ramp, 40, 70), new Effect(Power, EffectKind.Add, 10, 16)),
            new("stuck-sensor", 36, 72, new Effect(Temperature, EffectKind.Stuck)),
            new("bearing-wear", 24, 60, new Effect(Vibration, EffectKind.Variance, 5, 8)),
            new("imbalance", 24, 60, new Effect(Vibration, EffectKind.Add, 10, 16)),
            new("brown-out", 3, 12, new Effect(Power, EffectKind.Times, 0.1, 0.4)),
        ],
        Block: 288, Chance: 0.3, QuietBlocks: 4);
}
