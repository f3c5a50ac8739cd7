namespace Tidewatch.Detection.Ensembles;

/// <summary>Mean of the scores' ranks, for detectors whose scores have no common unit: each counts by its rarity among its detector's own past scores.</summary>
/// <remarks>A rank's surprise, -log10 of the share of past scores that reach it, and not the rank itself: the plain rank cannot tell one in a thousand from one in a hundred.</remarks>
public sealed class RankAverageEnsemble : IEnsemble
{
    private static readonly WeightedEnsemble Mean = new();

    public string Name => "rank-average";

    public bool Ranks => true;

    public double Combine(ReadOnlySpan<double> scores) => Mean.Combine(scores);
}
