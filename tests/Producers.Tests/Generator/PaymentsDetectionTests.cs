using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Synthetic;
using Tidewatch.Generator.Sources;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class PaymentsDetectionTests
{
    [Theory]
    [InlineData("isolation-forest")]
    [InlineData("z-score")]
    public void Amounts_FirstMinuteOfTheDefaultStream_EveryFraudBurstIsAnomalous(string detector)
    {
        var bursts = Observe(detector).Where(o => o.Anomaly is not null).GroupBy(o => (o.Series, o.Anomaly!.Start)).ToList();
        bursts.Count.ShouldBeGreaterThanOrEqualTo(3);
        bursts.ShouldAllBe(b => b.Any(o => o.Verdict.Level != AlertLevel.None));
    }

    [Fact]
    public void Amounts_FirstMinuteOfTheDefaultStream_FraudStandsOutFromTheRest()
    {
        var observed = Observe("z-score").ToList();
        var worstNormal = observed.Where(o => o.Anomaly is null).Max(o => o.Verdict.Score);
        observed.Where(o => o.Anomaly?.Kind.Name == "stolen-card").ShouldAllBe(o => o.Verdict.Score > worstNormal);
    }

    private static IEnumerable<(string Series, Anomaly? Anomaly, Verdict Verdict)> Observe(string detector)
    {
        var options = new SyntheticOptions();
        var domain = SyntheticCatalog.Get(options.Domains);
        var interval = SyntheticStream.SeriesOf(domain) * TimeSpan.FromSeconds(1 / options.Rate);
        var stream = new SyntheticStream(domain, options.Seed, options.Level, DateTimeOffset.UnixEpoch, interval);
        var entry = DetectorCatalog.Get(detector);
        var profile = new DetectionProfile
        {
            Name = "test",
            Detectors = [(entry, entry.Defaults())],
            Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
            Calibrate = entry.ProfileDefaults.Calibrate,
            Threshold = new() { Threshold = entry.ProfileDefaults.Threshold },
        };
        var pipelines = new Dictionary<string, DetectionPipeline>();
        foreach (var (observation, anomaly) in stream.Read((long)(TimeSpan.FromSeconds(60) / interval)).Where(e => e.Observation.Value is not null))
        {
            if (!pipelines.TryGetValue(observation.Series, out var pipeline))
            {
                pipelines[observation.Series] = pipeline = new(profile, inputs: 1, seed: 1);
            }

            yield return (observation.Series, anomaly, pipeline.Observe([observation.Value!.Value], observation.Time.ToUnixTimeMilliseconds()));
        }
    }
}
