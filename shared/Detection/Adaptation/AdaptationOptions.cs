using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Drift;

namespace Tidewatch.Detection.Adaptation;

/// <summary>How a profile follows a series that changes for good.</summary>
public sealed record AdaptationOptions : IValidatableObject
{
    /// <summary>The name of no drift test.</summary>
    public const string NoDrift = "none";

    private const int LeastCompared = 200;

    /// <summary>Test of the combined score after which the detectors are trained anew: adwin, kswin, page-hinkley or none; default none.</summary>
    public string Drift { get; init; } = NoDrift;

    /// <summary>Newest observations that are kept, and trained from after a drift, 32 to 16,384; default 512.</summary>
    [Range(32, 16_384)]
    public int Window { get; init; } = 512;

    /// <summary>Observations in which a newly trained detector takes over from the old one, its weight growing from 0 to 1; 0 to 1,000,000, 0 takes over at once; default 128.</summary>
    [Range(0, 1_000_000)]
    public int Blend { get; init; } = 128;

    /// <summary>Names of detectors that learn but do not vote until one of the voting ones is dropped; default none. Asks for <see cref="RotateEvery"/> and at least three voting ones.</summary>
    public IReadOnlyList<string> Spares { get; init; } = [];

    /// <summary>Observations after which the detector that disagreed most with the median of all voting ones gives its place to the spare that disagreed least, if that is less; 0 to 1,000,000, 0 (default) for never.</summary>
    [Range(0, 1_000_000)]
    public int RotateEvery { get; init; }

    /// <summary>Observations after which each series keeps those <see cref="Keep"/> of its detectors that fit it best, by the least area under the mass-volume curve; the others vote and learn no more. Not together with <see cref="RotateEvery"/>; 200 to 1,000,000, 0 (default) for never.</summary>
    [Range(0, 1_000_000)]
    public int SelectAfter { get; init; }

    /// <summary>Detectors that a series keeps at <see cref="SelectAfter"/>, fewer than it begins with; 1 to 100; default 1.</summary>
    [Range(1, 100)]
    public int Keep { get; init; } = 1;

    /// <summary>Whether there is a drift test.</summary>
    public bool WatchesDrift => !string.Equals(Drift, NoDrift, StringComparison.OrdinalIgnoreCase);

    /// <summary>Everything that decides about scores, as text; the spares' options apart.</summary>
    public string Identity() => FormattableString.Invariant($"{Drift} {Window} {Blend} {RotateEvery}") + (SelectAfter > 0 ? FormattableString.Invariant($" selects {Keep} after {SelectAfter}") : "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WatchesDrift && !DriftCatalog.Names.Contains(Drift, StringComparer.OrdinalIgnoreCase))
        {
            yield return new ValidationResult($"there is no drift test '{Drift}'; there are {string.Join(", ", DriftCatalog.Names)} and {NoDrift}", [nameof(Drift)]);
        }

        if (Spares.Count > 0 != RotateEvery > 0)
        {
            yield return new ValidationResult($"{Spares.Count} Spares and RotateEvery {RotateEvery} do not fit: give both, or neither", [nameof(Spares)]);
        }

        if (SelectAfter > 0 && RotateEvery > 0)
        {
            yield return new ValidationResult($"SelectAfter {SelectAfter} and RotateEvery {RotateEvery} both decide who votes: give one of them", [nameof(SelectAfter)]);
        }

        if (SelectAfter is > 0 and < LeastCompared)
        {
            yield return new ValidationResult($"SelectAfter {SelectAfter} is too few to compare detectors by: give at least {LeastCompared}, or 0 for never", [nameof(SelectAfter)]);
        }

        if (SelectAfter == 0 && Keep > 1)
        {
            yield return new ValidationResult($"Keep {Keep} without SelectAfter keeps all: give SelectAfter, or leave Keep out", [nameof(Keep)]);
        }
    }
}
