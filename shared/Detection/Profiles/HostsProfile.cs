using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>Metrics of machines: load, memory, latency, with daily rhythms, regimes and shapes of their own.</summary>
public sealed class HostsProfile : NamedProfile
{
    public override string Name => "hosts";

    public override string Summary => "Metrics of machines and services: the default ensemble of four calibrated detectors; several metrics together by their covariance.";

    public override DetectionProfile Build() => new()
    {
        Name = Name,
        Detectors = [With(SurpriseEnsembleDetector.Name, new SurpriseEnsembleOptions())],
        FeatureDetectors = [With(MahalanobisDetector.Name, new MahalanobisOptions())],

        // A combined surprise of 2.4: about one in 250. On NAB's CloudWatch files half of the alarms are then true.
        Threshold = new ThresholdOptions { Threshold = 0.56, ResolveAfter = 20 },
    };
}
