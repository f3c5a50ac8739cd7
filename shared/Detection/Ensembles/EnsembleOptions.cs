using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Ensembles;

/// <summary>How several scores become one.</summary>
public sealed record EnsembleOptions : IValidatableObject
{
    /// <summary>Name of the ensemble: consensus, rank-average, stacking, top-mean, voting or weighted; default top-mean.</summary>
    public string Name { get; init; } = "top-mean";

    /// <summary>Largest scores whose mean <c>top-mean</c> takes; default 2.</summary>
    [Range(1, 64)]
    public int Top { get; init; } = 2;

    /// <summary>Score from which a detector votes, for <c>voting</c>; default 0.5.</summary>
    [Range(0.01, 1)]
    public double Vote { get; init; } = 0.5;

    /// <summary>Share of the detectors that must reach the score, for <c>consensus</c>; default 0.6.</summary>
    [Range(0.01, 1)]
    public double Share { get; init; } = 0.6;

    /// <summary>A weight for each detector in the profile's order, for <c>weighted</c> (at least 0; missing ones are 1) and <c>stacking</c> (any; missing ones are 0); default none.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>Log odds of an anomaly when every score is 0, for <c>stacking</c>; default 0.</summary>
    [Range(-1_000, 1_000)]
    public double Bias { get; init; }

    /// <summary>How fast corrections of alerts move the weights of each series, for <c>weighted</c> and <c>stacking</c>, 0.01 to 10: a false alarm multiplies a detector's weight by exp(-rate x its score), a real anomaly by exp(-rate x (1 - its score)); null (default) leaves the weights as they are.</summary>
    [Range(0.01, 10)]
    public double? FeedbackRate { get; init; }

    /// <summary>Everything that decides about the combined score, but for what corrections do to it, as text.</summary>
    public string Identity() => FormattableString.Invariant($"{Name} {Top} {Vote} {Share} {Bias} {string.Join(',', Weights.Select(w => FormattableString.Invariant($"{w}")))}");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EnsembleCatalog.Names.Contains(Name, StringComparer.OrdinalIgnoreCase))
        {
            yield return new ValidationResult($"there is no ensemble '{Name}'; there are {string.Join(", ", EnsembleCatalog.Names)}", [nameof(Name)]);
        }

        if (Weights.Any(w => !double.IsFinite(w)))
        {
            yield return new ValidationResult("a weight is no finite number", [nameof(Weights)]);
        }

        if (IsNamed("weighted") && Weights.Count > 0 && (Weights.Any(w => w < 0) || Weights.All(w => w == 0)))
        {
            yield return new ValidationResult($"Weights {string.Join(", ", Weights)} are no weights of a mean: give numbers of 0 or more, not all 0", [nameof(Weights)]);
        }

        if (FeedbackRate is { } rate && !IsNamed("weighted") && !IsNamed("stacking"))
        {
            yield return new ValidationResult($"FeedbackRate {rate} moves the weights of weighted and stacking, and {Name} has none: leave it out, or name one of them", [nameof(FeedbackRate)]);
        }

        if (IsNamed("stacking") && Weights.Count == 0)
        {
            yield return new ValidationResult("stacking has no Weights: give one for each detector, as training on labels found them", [nameof(Weights)]);
        }
    }

    private bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
