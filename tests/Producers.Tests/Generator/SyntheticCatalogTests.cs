using System.Collections.Concurrent;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Evaluation.Synthetic;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

/// <summary>What every domain of the catalogue must keep.</summary>
public sealed class SyntheticCatalogTests
{
    private const int MostDays = 21;
    private const int MostSamples = 12_000;
    private static readonly ConcurrentDictionary<(string, SyntheticLevel), List<SyntheticEvent>> Known = new();
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, SyntheticLevel> Every() =>
        [.. from d in SyntheticCatalog.All from level in Enum.GetValues<SyntheticLevel>() select new TheoryDataRow<string, SyntheticLevel>(d.Name, level)];

    public static TheoryData<string> Domains() => [.. SyntheticCatalog.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Every))]
    public void At_AnyIndexInAnyOrder_IsAFunctionOfSeedLevelAndIndex(string domain, SyntheticLevel level)
    {
        var read = Stream(domain, level).Read(300).Select(Text).ToList();
        var again = Stream(domain, level);
        var indices = Enumerable.Range(0, 300 * again.Series.Count()).Reverse().ToList();
        indices.Select(i => again.At(i)).OfType<SyntheticEvent>().Select(Text).Reverse().ShouldBe(read);
        Stream(domain, level, seed: 8).Read(300).Select(Text).ShouldNotBe(read);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Read_SeveralWeeks_HasAFewLabelsAndNoneAtTheStart(string name, SyntheticLevel level)
    {
        var domain = SyntheticCatalog.Get(name);
        var read = All(name, level);
        var share = read.Count(e => e.Observation.Label == true) / (double)read.Count;
        share.ShouldBeInRange(0.002, 0.05);
        read.ShouldAllBe(e => e.Observation.Label == (e.Anomaly != null));
        var quiet = Start + (domain.Interval * domain.Schedule.Block * domain.Schedule.QuietBlocks);
        read.Where(e => e.Observation.Time < quiet).ShouldAllBe(e => e.Anomaly == null);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Anomalies_ManyBlocks_AreOfEveryKindAndTellOfEveryLabel(string name, SyntheticLevel level)
    {
        var domain = SyntheticCatalog.Get(name);
        var truth = Stream(name, level).Anomalies(200L * domain.Schedule.Block).ToList();
        truth.Select(t => t.Anomaly.Kind.Name).Distinct().ShouldBe(domain.Schedule.Kinds.Select(k => k.Name), ignoreOrder: true);
        truth.ShouldAllBe(t => t.Anomaly.Length >= 1 && t.Anomaly.Length <= t.Anomaly.Kind.Longest);
        var whole = Samples(domain) / domain.Schedule.Block * domain.Schedule.Block;
        var told = truth.Where(t => t.Anomaly.Start < whole).ToHashSet();
        All(name, level).Where(e => e.Anomaly is not null && e.Anomaly.Start < whole).ShouldAllBe(e => told.Contains(ValueTuple.Create(e.Observation.Series, e.Anomaly!)));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Read_EveryObservation_IsOneTheCodecTakes(string name, SyntheticLevel level)
    {
        var frame = new ObservationFrame();
        foreach (var (observation, _) in Stream(name, level).Read(2_000))
        {
            ObservationCodec.TryDecode(ObservationCodec.Encode(observation), frame, out var error).ShouldBeTrue(error.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Read_NormalValues_StayNearTheirLevelAndWithinTheirBounds(string name, SyntheticLevel level)
    {
        var domain = SyntheticCatalog.Get(name);
        foreach (var series in All(name, level).Where(e => e.Observation.Value is not null).GroupBy(e => e.Observation.Series))
        {
            var signal = domain.Signals.Single(s => series.Key.EndsWith("/" + s.Name));
            var normal = series.Where(e => e.Anomaly is null).Select(e => e.Observation.Value!.Value).ToList();
            normal.Average().ShouldBeInRange(signal.Level * 0.45, signal.Level * 1.6, series.Key);
            series.ShouldAllBe(e => e.Observation.Value >= signal.Floor && e.Observation.Value <= signal.Ceiling);
        }
    }

    [Theory]
    [MemberData(nameof(Domains))]
    public void Read_MeasureWithADailyWave_RepeatsItselfAfterADay(string name)
    {
        var domain = SyntheticCatalog.Get(name);
        foreach (var series in All(name, SyntheticLevel.Realistic).Where(e => e.Observation.Value is not null).GroupBy(e => e.Observation.Series))
        {
            var signal = domain.Signals.Single(s => series.Key.EndsWith("/" + s.Name));
            if (signal.Daily < 2 * signal.Noise)
            {
                continue;
            }

            var values = series.Where(e => e.Anomaly is null).ToDictionary(e => (e.Observation.Time - Start) / domain.Interval, e => e.Observation.Value!.Value);
            Correlation(values, domain.SamplesPerDay).ShouldBeGreaterThan(0.3, series.Key);
            Correlation(values, domain.SamplesPerDay).ShouldBeGreaterThan(Correlation(values, domain.SamplesPerDay / 2), series.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Domains))]
    public void Read_Hard_HasMoreMissingDataAndLouderNoise(string name)
    {
        var domain = SyntheticCatalog.Get(name);
        var (realistic, hard) = (All(name, SyntheticLevel.Realistic), All(name, SyntheticLevel.Hard));
        var all = SyntheticStream.SeriesOf(domain) * Samples(domain);
        ((double)(all - realistic.Count) / all).ShouldBeInRange(domain.Missing * 0.8, (domain.Missing * 1.2) + (domain.Gaps * 0.1));
        (all - hard.Count).ShouldBeGreaterThanOrEqualTo((all - realistic.Count) * 2);
        Roughness(hard).ShouldBeGreaterThan(Roughness(realistic) * 1.2);
    }

    [Theory]
    [MemberData(nameof(Domains))]
    public void Size_OfEveryEffect_IsSmallerWhenHard(string name) =>
        SyntheticCatalog.Get(name).Schedule.Kinds.SelectMany(k => k.Effects).Where(e => e.Kind != EffectKind.Stuck)
            .ShouldAllBe(e => Distance(e, e.Size(0.5, SyntheticLevel.Hard)) < Distance(e, e.Size(0.5, SyntheticLevel.Realistic)));

    [Theory]
    [MemberData(nameof(Domains))]
    public void Domain_EveryName_IsKnownWhereItIsUsed(string name)
    {
        var domain = SyntheticCatalog.Get(name);
        TopicNames.Domains.ShouldContain(name);
        domain.Schedule.Kinds.SelectMany(k => k.Effects).ShouldAllBe(e => domain.Signals.Any(s => s.Name == e.Signal));
        domain.OnlyFeatures.ShouldAllBe(n => domain.Signals.Any(s => s.Name == n));
        domain.Schedule.Kinds.ShouldAllBe(k => k.Longest < domain.Schedule.Block && k.Shortest <= k.Longest);
        Stream(name, SyntheticLevel.Realistic).Series.Distinct().Count().ShouldBe(SyntheticStream.SeriesOf(domain));
    }

    [Fact]
    public void Get_UnknownName_ListsThoseThereAre() =>
        Should.Throw<ArgumentException>(() => SyntheticCatalog.Get("weather")).Message.ShouldContain("there are payments, iot, network, users");

    private static double Distance(Effect effect, double size) => effect.Kind is EffectKind.Times or EffectKind.Variance ? Math.Abs(Math.Log(size)) : Math.Abs(size);

    private static SyntheticStream Stream(string domain, SyntheticLevel level, ulong seed = 7) => new(SyntheticCatalog.Get(domain), seed, level, Start);

    private static List<SyntheticEvent> All(string name, SyntheticLevel level) =>
        Known.GetOrAdd((name, level), key => [.. Stream(key.Item1, key.Item2).Read(Samples(SyntheticCatalog.Get(key.Item1)))]);

    private static long Samples(SyntheticDomain domain) => Math.Min(domain.SamplesPerDay * MostDays, MostSamples);

    private static string Text(SyntheticEvent e) => System.Text.Encoding.UTF8.GetString(ObservationCodec.Encode(e.Observation));

    private static double Correlation(Dictionary<double, double> values, int lag)
    {
        var mean = values.Values.Average();
        var pairs = values.Where(v => values.ContainsKey(v.Key + lag)).Select(v => (v.Value - mean) * (values[v.Key + lag] - mean));
        return pairs.Average() / values.Values.Average(v => (v - mean) * (v - mean));
    }

    /// <summary>Mean relative step between neighbouring normal values.</summary>
    private static double Roughness(List<SyntheticEvent> events) => events
        .Where(e => e.Observation.Value is not null && e.Anomaly is null)
        .GroupBy(e => e.Observation.Series)
        .Average(s => s.Zip(s.Skip(1), (a, b) => Math.Abs(b.Observation.Value!.Value - a.Observation.Value!.Value)).Average() / s.Average(e => e.Observation.Value!.Value));
}
