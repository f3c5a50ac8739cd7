using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>Counts of what people do: strong days and weekends, noise that multiplies, robots that repeat.</summary>
public sealed class UsersProfile : NamedProfile
{
    public override string Name => "users";

    public override string Summary => "Activity of people with strong days and weekends: calendar residual of the logarithm, and counts that repeat.";

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
