using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;

namespace Tidewatch.Engine.Settings;

/// <summary>One entry of <c>Detector:Profiles</c>: what differs for the series whose id matches.</summary>
public sealed record ProfileSettings
{
    /// <summary>Pattern of series ids, such as <c>hosts/*</c>: <c>*</c> stands for any text, <c>?</c> for one character; upper and lower case differ.</summary>
    public string Match { get; init; } = "";

    /// <summary>Null takes the section's; so do the others.</summary>
    public string? Detector { get; init; }

    public string? Profile { get; init; }

    public Dictionary<string, Dictionary<string, string>>? Options { get; init; }

    public int? Window { get; init; }

    public int? WarmUp { get; init; }

    public double? Threshold { get; init; }

    /// <summary>Whether this entry speaks of <paramref name="series"/>.</summary>
    public bool Covers(string series) => FileSystemName.MatchesSimpleExpression(Match, series, ignoreCase: false);

    /// <summary>The section's settings with this entry's in their place. Another detector takes its own window, warm-up and threshold unless given here.</summary>
    public JudgementSettings Over(JudgementSettings settings)
    {
        var same = Profile is null && (Detector is null || string.Equals(Detector, settings.Detector, StringComparison.OrdinalIgnoreCase));
        return settings.Judgement() with
        {
            Detector = Detector ?? settings.Detector,
            Profile = Profile ?? (Detector is null ? settings.Profile : null),
            Options = Options ?? (same ? settings.Options : null),
            Window = Window ?? (same ? settings.Window : null),
            WarmUp = WarmUp ?? (same ? settings.WarmUp : null),
            Threshold = Threshold ?? (same ? settings.Threshold : null),
        };
    }

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Errors(JudgementSettings settings)
    {
        if (string.IsNullOrWhiteSpace(Match))
        {
            yield return "Match is empty: give a pattern of series ids, such as hosts/*";
        }

        if (Profile is not null && Detector is not null)
        {
            yield return $"profile '{Profile}' and detector '{Detector}' are both given: a profile brings its own detectors, leave one out";
        }

        var merged = Over(settings);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(merged, new ValidationContext(merged), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return result.ErrorMessage!;
        }
    }
}
