using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;

namespace Tidewatch.Engine.Settings;

/// <summary>One entry of <c>Detector:Profiles</c>: what differs for the series whose id matches. Null takes the section's.</summary>
public sealed record ProfileSettings : JudgementSettings
{
    /// <summary>Pattern of series ids, such as <c>hosts/*</c>: <c>*</c> stands for any text, <c>?</c> for one character; upper and lower case differ.</summary>
    public string Match { get; init; } = "";

    /// <summary>Whether this entry speaks of <paramref name="series"/>.</summary>
    public bool Covers(string series) => FileSystemName.MatchesSimpleExpression(Match, series, ignoreCase: false);

    /// <summary>The section's settings with this entry's in their place. Another detector takes its own window, warm-up, threshold and ensemble unless given here.</summary>
    public JudgementSettings Over(JudgementSettings settings)
    {
        var same = Profile is null && Detectors is null && (Detector is null || string.Equals(Detector, settings.Detector ?? StandardDetector, StringComparison.OrdinalIgnoreCase));
        var own = same ? settings : new JudgementSettings();
        return settings.Judgement() with
        {
            Detector = Detector ?? settings.Detector,
            Detectors = Detectors ?? (Detector is null && Profile is null ? settings.Detectors : null),
            Profile = Profile ?? (Detector is null && Detectors is null ? settings.Profile : null),
            Ensemble = Ensemble ?? own.Ensemble,
            Calibrate = Calibrate ?? own.Calibrate,
            Adaptation = Adaptation ?? own.Adaptation,
            Cohort = Cohort ?? settings.Cohort,
            Options = Options ?? own.Options,
            Window = Window ?? own.Window,
            WarmUp = WarmUp ?? own.WarmUp,
            Threshold = Threshold ?? own.Threshold,
            Rule = Rule ?? settings.Rule,
            Quantile = Quantile ?? settings.Quantile,
            Risk = Risk ?? settings.Risk,
            Direction = Direction ?? settings.Direction,
            MinimumChange = MinimumChange ?? settings.MinimumChange,
            MinimumRelativeChange = MinimumRelativeChange ?? settings.MinimumRelativeChange,
            Release = Release ?? settings.Release,
            Refractory = Refractory ?? settings.Refractory,
            Moderate = Moderate ?? settings.Moderate,
            Extreme = Extreme ?? settings.Extreme,
            ResolveAfter = ResolveAfter ?? settings.ResolveAfter,
            LearnGate = LearnGate ?? settings.LearnGate,
        };
    }

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Errors(JudgementSettings settings)
    {
        if (string.IsNullOrWhiteSpace(Match))
        {
            yield return "Match is empty: give a pattern of series ids, such as hosts/*";
        }

        if (Profile is not null && (Detector is not null || Detectors is not null))
        {
            yield return $"profile '{Profile}' and detector '{Detector ?? string.Join(", ", Detectors!)}' are both given: a profile brings its own detectors, leave one out";
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
