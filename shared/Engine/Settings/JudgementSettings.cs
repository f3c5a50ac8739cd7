using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Engine.Settings;

/// <summary>What judges a series. What is null is as the profile or the detector has it by itself.</summary>
public record JudgementSettings
{
    /// <summary>The detector where none is named.</summary>
    public const string StandardDetector = "isolation-forest";

    /// <summary>Name of a detector in the catalogue; null (default) takes <c>isolation-forest</c>.</summary>
    [Judgeable]
    public string? Detector { get; init; }

    /// <summary>Name of a profile in the catalogue, which then takes the place of <see cref="Detector"/>; null (default) for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Options of detectors by the detector's and the option's name, such as <c>{ "calendar-residual": { "Width": "7" } }</c>; null (default) for none.</summary>
    public Dictionary<string, Dictionary<string, string>>? Options { get; init; }

    /// <summary>Observations the detector looks back at; null (default) takes the detector's own.</summary>
    public int? Window { get; init; }

    /// <summary>Observations before the first score; null (default) takes the detector's own.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Score from which an observation is anomalous; null (default) takes the profile's or detector's own, most often 0.5.</summary>
    [Range(0.01, 1)]
    public double? Threshold { get; init; }

    /// <summary>Share of the way from threshold to 1 at which mild becomes moderate; default 0.2.</summary>
    [Range(0, 1)]
    public double? Moderate { get; init; }

    /// <summary>Share of the way from threshold to 1 at which moderate becomes extreme; default 0.4.</summary>
    [Range(0, 1)]
    public double? Extreme { get; init; }

    /// <summary>Normal observations in a row that resolve an alert; null (default) takes the profile's own, 20 for a detector without a profile.</summary>
    [Range(1, 100_000)]
    public int? ResolveAfter { get; init; }

    /// <summary>Anomalous observations in a row kept out of the baseline before it adapts; default 60.</summary>
    [Range(0, 1_000_000)]
    public int? LearnGate { get; init; }

    /// <summary>These settings alone, without what a derived record adds.</summary>
    public JudgementSettings Judgement() => new(this);
}
