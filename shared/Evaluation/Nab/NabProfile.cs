namespace Tidewatch.Evaluation.Nab;

/// <summary>An application profile of the Numenta Anomaly Benchmark: what finding, crying wolf and missing weigh.</summary>
/// <param name="Name">As in <c>config/profiles.json</c>.</param>
/// <param name="TruePositive">Weight of a window's best detection, at least 0.</param>
/// <param name="FalsePositive">Weight of each row flagged outside the windows, at least 0.</param>
/// <param name="FalseNegative">Weight of each window missed, at least 0.</param>
public sealed record NabProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    /// <summary>The three of NAB v1.1.</summary>
    public static IReadOnlyList<NabProfile> V11 { get; } =
    [
        new("standard", 1, 0.11, 1),
        new("reward_low_FP_rate", 1, 0.22, 1),
        new("reward_low_FN_rate", 1, 0.11, 2),
    ];
}
