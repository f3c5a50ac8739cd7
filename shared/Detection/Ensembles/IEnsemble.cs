namespace Tidewatch.Detection.Ensembles;

/// <summary>Makes one score of several. Pure, no allocation. Cold detectors are not among the scores.</summary>
public interface IEnsemble
{
    /// <summary>Name in profiles, kebab-case.</summary>
    static abstract string Name { get; }

    /// <summary>The combined score in [0, 1] of at least one score in [0, 1].</summary>
    double Combine(ReadOnlySpan<double> scores);
}
