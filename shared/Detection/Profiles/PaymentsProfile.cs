using Tidewatch.Detection.Detectors.Seasonal;

namespace Tidewatch.Detection.Profiles;

/// <summary>Amounts without a rhythm worth modelling, spread over orders of magnitude.</summary>
public sealed class PaymentsProfile : NamedProfile
{
    public override string Name => "payments";

    public override string Summary => "Amounts and rates spread over orders of magnitude: running residual of the logarithm, each feature by itself.";

    public override DetectionProfile Build() => Highest(
        With(CalendarResidualDetector.Name, new CalendarResidualOptions { Harmonics = 0, Weekdays = false, Logarithmic = true, Width = 5 }));
}
