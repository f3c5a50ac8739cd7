using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Detection.Adaptation;

/// <summary>What the panels of all series of one profile share: nothing in here changes.</summary>
internal sealed class PanelPlan
{
    /// <param name="profile">Ensemble, calibration and adaptation.</param>
    /// <param name="detectors">Those of the profile that vote at the beginning.</param>
    public PanelPlan(DetectionProfile profile, IReadOnlyList<(DetectorEntry Entry, DetectorOptions Options)> detectors)
    {
        Ensemble = EnsembleCatalog.Create(profile.Ensemble);
        Adaptation = profile.Adaptation;
        FeedbackRate = Ensemble.HasWeights ? profile.Ensemble.FeedbackRate : null;
        Seats = detectors.Count;
        var calibrates = profile.Calibrate || Ensemble.Ranks;
        int? blend = Adaptation is { WatchesDrift: true } ? Adaptation.Blend : null;
        Members = [.. detectors.Concat(profile.Spares).Select(d => new MemberPlan(d.Entry, d.Options, calibrates, blend))];
    }

    /// <summary>Makes one score of several.</summary>
    public IEnsemble Ensemble { get; }

    /// <summary>How fast corrections move the weights; null for never.</summary>
    public double? FeedbackRate { get; }

    /// <summary>Null for a profile that leaves adapting to its detectors.</summary>
    public AdaptationOptions? Adaptation { get; }

    /// <summary>Votes; the first members hold them at the beginning.</summary>
    public int Seats { get; }

    /// <summary>Who votes at the beginning, then who waits for a place.</summary>
    public MemberPlan[] Members { get; }
}
