namespace Tidewatch.Detection.Ensembles;

/// <summary>Weighted mean; detectors that are cold do not count. Without weights the plain mean.</summary>
/// <param name="weights">A weight for each detector in the profile's order, at least 0, not all 0; missing ones are 1.</param>
public sealed class WeightedEnsemble(params double[] weights) : IEnsemble
{
    public string Name => "weighted";

    public bool HasWeights => true;

    public double Combine(ReadOnlySpan<double> scores) => Combine(scores, []);

    public double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members) => Combine(scores, members, []);

    public double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members, ReadOnlySpan<double> factors)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            var member = members.IsEmpty ? i : members[i];
            var weight = (member < weights.Length ? weights[member] : 1) * (factors.IsEmpty ? 1 : factors[i]);
            (sum, total) = (sum + (weight * scores[i]), total + weight);
        }

        return total > 0 ? sum / total : 0;
    }
}
