using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Engine.Settings;

/// <summary>What judges a series.</summary>
public record JudgementSettings
{
    /// <summary>Name of a detector in the catalogue; default <c>isolation-forest</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    [Judgeable]
    public string Detector { get; init; } = "isolation-forest";

    /// <summary>Name of a profile in the catalogue, which then takes the place of <see cref="Detector"/>; null (default) for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Options of detectors by the detector's and the option's name, such as <c>{ "calendar-residual": { "Width": "7" } }</c>; null (default) for none.</summary>
    public Dictionary<string, Dictionary<string, string>>? Options { get; init; }

    /// <summary>Observations the detector looks back at; null (default) takes the detector's own.</summary>
    public int? Window { get; init; }

    /// <summary>Observations before the first score; null (default) takes the detector's own.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Score from which an observation is anomalous, 0.01 to 1; null (default) takes the detector's own.</summary>
    [Range(0.01, 1)]
    public double? Threshold { get; init; }

    /// <summary>Share of the way from threshold to 1 at which mild becomes moderate, 0 to 1; default 0.2.</summary>
    [Range(0, 1)]
    public double Moderate { get; init; } = 0.2;

    /// <summary>Share of the way from threshold to 1 at which moderate becomes extreme, 0 to 1; default 0.4.</summary>
    [Range(0, 1)]
    public double Extreme { get; init; } = 0.4;

    /// <summary>Normal observations in a row that resolve an alert, 1 to 100,000; default 20.</summary>
    [Range(1, 100_000)]
    public int ResolveAfter { get; init; } = 20;

    /// <summary>Anomalous observations in a row kept out of the baseline before it adapts, 0 to 1,000,000; default 60.</summary>
    [Range(0, 1_000_000)]
    public int LearnGate { get; init; } = 60;

    /// <summary>These settings alone, without what a derived record adds.</summary>
    public JudgementSettings Judgement() => new(this);
}
