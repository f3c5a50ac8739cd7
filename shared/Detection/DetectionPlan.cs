using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Detection;

/// <summary>A profile made ready once for all series that are judged by it, on any thread: what they share is not held by each.</summary>
public sealed class DetectionPlan
{
    private readonly PanelPlan _derived;
    private readonly PanelPlan _named;

    /// <param name="profile">How to judge.</param>
    public DetectionPlan(DetectionProfile profile)
    {
        Profile = profile;
        Lookback = profile.Features.Max(f => f.Lookback);
        _derived = new PanelPlan(profile, profile.Detectors);
        _named = profile.FeatureDetectors is { } detectors ? new PanelPlan(profile, detectors) : _derived;
    }

    public DetectionProfile Profile { get; }

    /// <summary>Past values that the features of a series with one value look back at.</summary>
    internal int Lookback { get; }

    /// <summary>The panel for series of <paramref name="inputs"/> values.</summary>
    internal PanelPlan PanelOf(int inputs) => inputs == 1 ? _derived : _named;
}
