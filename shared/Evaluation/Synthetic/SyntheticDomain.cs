namespace Tidewatch.Evaluation.Synthetic;

/// <summary>A domain of labelled synthetic observations: entities (merchants, devices, links, users) that all have the same measures.</summary>
/// <remarks>One file in <c>Domains</c> and one line in <see cref="SyntheticCatalog"/> add one.</remarks>
public abstract class SyntheticDomain
{
    /// <summary>Name of the domain and its topic.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Time between two samples of a series in its own time; a live stream may go faster.</summary>
    public abstract TimeSpan Interval { get; }

    /// <summary>Samples in one daily wave.</summary>
    public abstract int SamplesPerDay { get; }

    /// <summary>Names of the entities, at least one.</summary>
    public abstract IReadOnlyList<string> Entities { get; }

    /// <summary>Measures of each entity, each also a series of its own unless it is in <see cref="OnlyFeatures"/>.</summary>
    public abstract IReadOnlyList<Signal> Signals { get; }

    public abstract AnomalySchedule Schedule { get; }

    /// <summary>Name of the series that carries all measures as features; null for none.</summary>
    public virtual string? FeatureSeries => null;

    /// <summary>Measures that are no series of their own.</summary>
    public virtual IReadOnlyList<string> OnlyFeatures => [];

    /// <summary>Chance that a single sample is missing, at the level realistic.</summary>
    public virtual double Missing => 0.004;

    /// <summary>Chance that a block of samples holds a gap, at the level realistic.</summary>
    public virtual double Gaps => 0.1;

    /// <summary>Series of each entity: a measure each, and the one with all as features.</summary>
    public int SeriesPerEntity => Signals.Count - OnlyFeatures.Count + (FeatureSeries is null ? 0 : 1);
}
