using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>A profile for the series of one domain: a file here and a line in <see cref="ProfileCatalog"/>.</summary>
public abstract class NamedProfile
{
    /// <summary>Name in configuration, kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>What it is for and how it judges, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>The profile with every default.</summary>
    public abstract DetectionProfile Build();

    /// <summary>A detector of the catalogue with these options.</summary>
    protected static (DetectorEntry Entry, DetectorOptions Options) With(string detector, DetectorOptions options) => (DetectorCatalog.Get(detector), options);

    /// <summary>The profile where the detector that scores highest decides, and an alert ends after ten calm observations.</summary>
    protected DetectionProfile Highest(params (DetectorEntry Entry, DetectorOptions Options)[] detectors) => new()
    {
        Name = Name,
        Detectors = detectors,
        Ensemble = new EnsembleOptions { Top = 1 },
        Threshold = new ThresholdOptions { ResolveAfter = 10 },
    };
}
