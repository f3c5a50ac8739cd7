namespace Tidewatch.Detection.Ensembles;

/// <summary>Stacking (Wolpert 1992): a logistic regression over the detectors' scores; its weights are trained on labels. Allocates nothing.</summary>
/// <param name="Bias">Log odds of an anomaly when every score is 0.</param>
/// <param name="Weights">What each detector's score adds to them, in the profile's order; missing ones are 0, as are scores of cold detectors.</param>
public sealed record StackingEnsemble(double Bias, IReadOnlyList<double> Weights) : IEnsemble
{
    public string Name => "stacking";

    public bool HasWeights => true;

    public double Combine(ReadOnlySpan<double> scores) => Combine(scores, []);

    public double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members) => Combine(scores, members, []);

    public double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members, ReadOnlySpan<double> factors)
    {
        var odds = Bias;
        for (var i = 0; i < scores.Length; i++)
        {
            var member = members.IsEmpty ? i : members[i];
            odds += member < Weights.Count ? Weights[member] * (factors.IsEmpty ? 1 : factors[i]) * scores[i] : 0;
        }

        return 1 / (1 + Math.Exp(-odds));
    }
}
