using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Statistics;

namespace Tidewatch.Detection.Profiles;

/// <summary>Sensors of machines: additive noise, a daily and weekly rhythm, and sensors that stick.</summary>
public sealed class IotProfile : NamedProfile
{
    public override string Name => "iot";

    public override string Summary => "Sensor readings with a daily and weekly rhythm: calendar residual, and values that stick.";

    public override DetectionProfile Build() => Highest(
        With(CalendarResidualDetector.Name, new CalendarResidualOptions { Width = 6 }),
        With(StuckValueDetector.Name, new StuckValueOptions()));
}
