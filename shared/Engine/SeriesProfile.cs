using Tidewatch.Contracts;
using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine;

/// <summary>A detection profile with what its alerts are named by.</summary>
internal sealed record SeriesProfile(DetectionProfile Detection, CohortRule Cohort)
{
    public string DetectorName { get; } = Detection.DetectorName;

    /// <summary>What all its series share.</summary>
    public DetectionPlan Plan { get; } = new(Detection);

    /// <summary>Everything that decides about how a series is judged, as text: profiles of equal texts judge alike.</summary>
    public string Identity { get; } = $"{Detection.Name} {Detection.Calibrate} {Detection.LearnGate} {Detection.Threshold} {string.Join(' ', Detection.Features.Select(f => f.Name))} "
        + $"{Detection.Ensemble.Identity()} {Describe(Detection.Detectors.Concat(Detection.FeatureDetectors ?? []))}"
        + DescribeAdaptation(Detection) + (Cohort == CohortRule.None ? "" : $" cohort {Cohort}")
        + (Detection.Ensemble.FeedbackRate is { } rate ? FormattableString.Invariant($" feedback {rate}") : "");

    /// <summary>Everything that decides about what a series learns, as text: profiles of equal texts may draw the line elsewhere and weigh by corrections otherwise, and no more.</summary>
    public string Learning { get; } = $"{Detection.Name} {Detection.Calibrate} {string.Join(' ', Detection.Features.Select(f => f.Name))} "
        + $"{Detection.Ensemble.Identity()} {Describe(Detection.Detectors)} / {Describe(Detection.FeatureDetectors ?? [])}{DescribeAdaptation(Detection)}";

    /// <summary>The key of a series' alerts.</summary>
    public string AlertKey(string series) => AlertIdentity.Key(series, DetectorName);

    private static string Describe(IEnumerable<(DetectorEntry Entry, DetectorOptions Options)> detectors) => string.Join(' ', detectors.Select(d => $"{d.Entry.Name} {d.Options.Identity()}"));

    /// <summary>Nothing where there is none: state made before there was such a setting is continued.</summary>
    private static string DescribeAdaptation(DetectionProfile profile) => profile.Adaptation is { } adaptation
        ? $" adapts {adaptation.Identity()} {Describe(profile.Spares)}"
        : "";
}
