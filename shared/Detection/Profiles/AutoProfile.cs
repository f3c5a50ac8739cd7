using Tidewatch.Detection.Detectors.Automatic;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Detection.Profiles;

/// <summary>Any series: the detector is chosen by what it looks like.</summary>
public sealed class AutoProfile : NamedProfile
{
    public override string Name => "auto";

    public override string Summary => "Any series, without a setting: regular or not, of few levels or many, one value or several features decide which detector judges it.";

    public override DetectionProfile Build() => new() { Name = Name, Detectors = [With(AutoDetector.Name, new AutoOptions())], Threshold = new ThresholdOptions { Threshold = 0.56, ResolveAfter = 20 } };
}
