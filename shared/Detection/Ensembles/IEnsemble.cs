namespace Tidewatch.Detection.Ensembles;

/// <summary>Makes one score of several. Pure, no allocation. Cold detectors are not among the scores.</summary>
public interface IEnsemble
{
    /// <summary>Name in profiles, kebab-case.</summary>
    string Name { get; }

    /// <summary>Whether scores must come as their rarity among each detector's own past scores.</summary>
    bool Ranks => false;

    /// <summary>Whether each detector has a weight, which corrections can move.</summary>
    bool HasWeights => false;

    /// <summary>The combined score in [0, 1] of at least one score in [0, 1].</summary>
    double Combine(ReadOnlySpan<double> scores);

    /// <summary>The same, where it matters whose the scores are.</summary>
    /// <param name="scores">Scores of the warm detectors.</param>
    /// <param name="members">Place of each one's detector in the profile.</param>
    double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members) => Combine(scores);

    /// <summary>The same, with each weight multiplied by a factor; an ensemble without weights knows none.</summary>
    /// <param name="scores">Scores of the warm detectors.</param>
    /// <param name="members">Place of each one's detector in the profile.</param>
    /// <param name="factors">A factor above 0 for each score; none for 1.</param>
    double Combine(ReadOnlySpan<double> scores, ReadOnlySpan<int> members, ReadOnlySpan<double> factors) => Combine(scores, members);
}
