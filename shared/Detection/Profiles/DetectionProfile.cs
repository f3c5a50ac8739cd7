using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>How the series of one kind are judged: features, detectors, ensemble, threshold, learn gate.</summary>
public sealed record DetectionProfile
{
    /// <summary>Name in configuration and in alerts.</summary>
    public required string Name { get; init; }

    /// <summary>Detectors with their options, at least one.</summary>
    public required IReadOnlyList<(DetectorEntry Entry, DetectorOptions Options)> Detectors { get; init; }

    /// <summary>Detectors of series with several named values; null (default) takes <see cref="Detectors"/>.</summary>
    public IReadOnlyList<(DetectorEntry Entry, DetectorOptions Options)>? FeatureDetectors { get; init; }

    /// <summary>Features of a series with one value; series with several named values use those as they are.</summary>
    public IReadOnlyList<IFeature> Features { get; init; } = [FeatureCatalog.Get("value")];

    /// <summary>Whether each detector's score counts by its rarity among its own past scores; default false.</summary>
    public bool Calibrate { get; init; }

    /// <summary>How several scores become one.</summary>
    public EnsembleOptions Ensemble { get; init; } = new();

    /// <summary>How the detectors follow a series that changes for good; null (default) leaves that to each of them.</summary>
    public AdaptationOptions? Adaptation { get; init; }

    /// <summary>Detectors that learn and wait for a place among those that vote; default none.</summary>
    public IReadOnlyList<(DetectorEntry Entry, DetectorOptions Options)> Spares { get; init; } = [];

    public ThresholdOptions Threshold { get; init; } = new();

    /// <summary>Anomalous observations in a row that are kept out of the baseline before it adapts to a new normal; default 60.</summary>
    public int LearnGate { get; init; } = 60;

    /// <summary>What an alert names as its detector.</summary>
    public string DetectorName => FeatureDetectors is null && Detectors.Count == 1 ? Detectors[0].Entry.Name : Name;
}
