using Tidewatch.Contracts;
using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Engine;

/// <summary>A detection profile with what its alerts are named by.</summary>
internal sealed record SeriesProfile(DetectionProfile Detection)
{
    public string DetectorName { get; } = Detection.DetectorName;

    /// <summary>What all its series share.</summary>
    public DetectionPlan Plan { get; } = new(Detection);

    /// <summary>The key of a series' alerts.</summary>
    public string AlertKey(string series) => AlertIdentity.Key(series, DetectorName);
}
