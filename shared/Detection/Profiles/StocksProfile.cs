using Tidewatch.Detection.Detectors.Statistics;

namespace Tidewatch.Detection.Profiles;

/// <summary>Prices and volumes: no rhythm to count on, each value next to the one before.</summary>
public sealed class StocksProfile : NamedProfile
{
    public override string Name => "stocks";

    public override string Summary => "Prices, which wander: residual of a running autoregression, and distance from the short moving average.";

    public override DetectionProfile Build() => new()
    {
        Name = Name,
        Detectors = [With(AutoregressionDetector.Name, new AutoregressionOptions()), With(MovingAverageDetector.Name, new MovingAverageOptions { Width = 5 })],
        FeatureDetectors = [With(MovingAverageDetector.Name, new MovingAverageOptions { Width = 5 })],
    };
}
