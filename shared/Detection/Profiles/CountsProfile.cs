using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Statistics;

namespace Tidewatch.Detection.Profiles;

/// <summary>Counts whose noise and rhythm multiply: calendar residual of the logarithm, and counts that stand still.</summary>
public abstract class CountsProfile : NamedProfile
{
    public sealed override DetectionProfile Build() => Highest(
        With(CalendarResidualDetector.Name, new CalendarResidualOptions { Logarithmic = true, Width = 5 }),
        With(StuckValueDetector.Name, new StuckValueOptions { Window = 512, LeastRun = 20 }));
}
