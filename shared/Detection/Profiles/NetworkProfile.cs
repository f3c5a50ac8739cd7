using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>Counts of traffic: noise and rhythm multiply, counters that stand still are robots or broken.</summary>
public sealed class NetworkProfile : NamedProfile
{
    public override string Name => "network";

    public override string Summary => "Traffic counts, whose noise and rhythm multiply: calendar residual of the logarithm, and counts that stand still.";

    public override DetectionProfile Build() => new()
    {
        Name = Name,
        Detectors =
        [
            With(CalendarResidualDetector.Name, new CalendarResidualOptions { Logarithmic = true, Width = 5 }),
            With(StuckValueDetector.Name, new StuckValueOptions { Window = 512, LeastRun = 20 }),
        ],
        Ensemble = new TopMeanEnsemble(top: 1),
        Threshold = new ThresholdOptions { ResolveAfter = 10 },
    };
}
