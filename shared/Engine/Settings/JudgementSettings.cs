using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Thresholds;

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

    /// <summary>Names of several detectors, whose scores <see cref="Ensemble"/> makes one of, in the place of <see cref="Detector"/>; null (default) for none.</summary>
    public IReadOnlyList<string>? Detectors { get; init; }

    /// <summary>How the scores of several detectors become one; null (default) takes the profile's own: the mean of the two largest.</summary>
    public EnsembleOptions? Ensemble { get; init; }

    /// <summary>Whether each detector's score counts by its rarity among its own past scores; null (default) takes the profile's or detector's own.</summary>
    public bool? Calibrate { get; init; }

    /// <summary>How the detectors follow a series that changes for good; null (default) leaves that to each of them.</summary>
    public AdaptationOptions? Adaptation { get; init; }

    /// <summary>Whether a new series begins with what another of its kind has learned, and which are of a kind; default none.</summary>
    public CohortRule? Cohort { get; init; }

    /// <summary>Options of detectors by the detector's and the option's name, such as <c>{ "calendar-residual": { "Width": "7" } }</c>; null (default) for none.</summary>
    public Dictionary<string, Dictionary<string, string>>? Options { get; init; }

    /// <summary>Observations the detector looks back at; null (default) takes the detector's own.</summary>
    public int? Window { get; init; }

    /// <summary>Observations before the first score; null (default) takes the detector's own.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Score from which an observation is anomalous; null (default) takes the profile's or detector's own, most often 0.5.</summary>
    [Range(0.01, 1)]
    public double? Threshold { get; init; }

    /// <summary>How the threshold is found: always the same, a quantile of the past scores, by their tail (SPOT), or moved by corrections; default fixed.</summary>
    public CutRule? Rule { get; init; }

    /// <summary>Share of the past scores below a threshold by quantile; default 0.995.</summary>
    [Range(0.5, 0.99999)]
    public double? Quantile { get; init; }

    /// <summary>Probability of an ordinary score beyond a threshold by SPOT; default 0.001.</summary>
    [Range(1e-8, 0.1)]
    public double? Risk { get; init; }

    /// <summary>Which changes count, where the detector has an expected range; default both.</summary>
    public ChangeDirection? Direction { get; init; }

    /// <summary>Least distance from the expected centre in the value's unit, where the detector has an expected range; default 0, any.</summary>
    [Range(0, double.MaxValue)]
    public double? MinimumChange { get; init; }

    /// <summary>Least distance from the expected centre as a share of its size, where the detector has an expected range; default 0, any.</summary>
    [Range(0, 1_000_000)]
    public double? MinimumRelativeChange { get; init; }

    /// <summary>Share of the threshold that a score must stay below to count as normal while an alert is open; default 1, the threshold itself.</summary>
    [Range(0.1, 1)]
    public double? Release { get; init; }

    /// <summary>Observations after an alert opened in which no other opens; default 0, no rest.</summary>
    [Range(0, 1_000_000)]
    public int? Refractory { get; init; }

    /// <summary>Share of the way from threshold to 1 at which mild (warning) becomes moderate (critical); default 0.2.</summary>
    [Range(0, 1)]
    public double? Moderate { get; init; }

    /// <summary>Share of the way from threshold to 1 at which moderate becomes extreme (emergency); default 0.4.</summary>
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
