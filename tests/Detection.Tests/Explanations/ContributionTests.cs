using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Tests.Contract;
using Xunit;

namespace Tidewatch.Detection.Tests.Explanations;

/// <summary>Baseline and contributions sum to the statistic, for every model of the catalogues that says so.</summary>
public sealed class ContributionTests
{
    public static TheoryData<string> Batches => [.. BatchCatalog.All.Where(e => e.Create(1) is IAdditiveBatch).Select(e => e.Name)];

    public static TheoryData<string> Streams => [.. DetectorCatalog.All.Where(e => e.Traits.HasFlag(DetectorTraits.Additive)).Select(e => e.Name)];

    [Fact]
    public void Batches_AreTheAdditiveOnes() =>
        Batches.Select(b => b.Data).ShouldBe(["copod", "ecod", "hbos", "isolation-forest", "mahalanobis", "mcd", "pca"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Batches))]
    public void Contribute_Batch_SumsToTheScore(string name)
    {
        var (table, model) = (Oracle.Table(), BatchCatalog.Get(name).Create(3));
        model.Fit(table, 3);
        var (score, contributions) = (new double[1], new double[3]);
        for (var row = 0; row < 100; row++)
        {
            var values = table.AsSpan(3 * row, 3);
            model.Score(values, score);
            var sum = ((IAdditiveBatch)model).Contribute(values, contributions) + contributions.Sum();
            (name == "isolation-forest" ? Math.Pow(2, sum) : sum).ShouldBe(score[0], 1e-9 * Math.Max(1, score[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Contribute_OneValueFarOut_IsItsContribution(string name)
    {
        var (table, model) = (Oracle.Table(), BatchCatalog.Get(name).Create(3));
        model.Fit(table, 3);
        var contributions = new double[3];
        ((IAdditiveBatch)model).Contribute([3, 60, 1], contributions);
        contributions[1].ShouldBe(contributions.Max());
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Contribute_Stream_SumsToTheRawStatisticAndNamesTheFeature(string name)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), 3);
        var detector = series.Warm();
        var additive = (IAdditiveDetector)detector;
        additive.IsAdditive.ShouldBeTrue();
        double[] values = [.. series.Next().Values];
        values[1] += 25;
        var sample = new Sample(values, series.TimeMs);
        var contributions = new double[3];
        var sum = additive.Contribute(sample, contributions) + contributions.Sum();
        contributions[1].ShouldBe(contributions.Max());
        var raw = detector.Raw(sample);
        if (name != "isolation-forest")
        {
            Math.Max(0, name is "mahalanobis" or "auto" ? Math.Sqrt(sum) : sum).ShouldBe(raw, 1e-9 * Math.Max(1, raw));
        }
    }

    [Fact]
    public void LargestShare_AnyFigures_IsShapleyByDefinition()
    {
        var random = new SeededRandom(2);
        for (var trial = 0; trial < 20; trial++)
        {
            double[] figures = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble())];
            var shares = new double[5];
            LargestShare.Of(figures, shares);
            var expected = BruteForceShapley.Of(5, known => Enumerable.Range(0, 5).Where(i => (known & (1 << i)) != 0).Select(i => figures[i]).DefaultIfEmpty(0).Max());
            for (var i = 0; i < 5; i++)
            {
                shares[i].ShouldBe(expected[i], 1e-12);
            }
        }
    }

    [Fact]
    public void Surrogate_OfALinearStatistic_IsExact()
    {
        var contributions = new double[3];
        LocalSurrogate.Explain(v => 5 + (2 * v[0]) - (3 * v[1]) + (0 * v[2]), [10, 1, 7], [4, 3, 2], contributions);
        contributions[0].ShouldBe(12, 1e-4);
        contributions[1].ShouldBe(6, 1e-4);
        contributions[2].ShouldBe(0, 1e-4);
    }

    [Theory]
    [InlineData(2, 1e-6)]
    [InlineData(3, 1e-6)]
    [InlineData(8, 1e-6)]
    [InlineData(12, 0.2)]
    public void Surrogate_OfCurvedStatistics_IsShapleyByDefinition(int features, double within)
    {
        Func<double[], double>[] statistics =
        [
            v => Math.Sqrt(v.Sum(x => x * x)), v => v.Max(Math.Abs), v => Math.Abs(v[0] * v[1]) + v.Skip(2).Sum(Math.Abs), v => 1 - Math.Exp(-v.Sum(x => x * x) / 8),
        ];
        var random = new SeededRandom(4);
        for (var trial = 0; trial < 12; trial++)
        {
            double[] row = [.. Enumerable.Range(0, features).Select(_ => random.NextNormal())];
            row[trial % features] *= 5;
            var (statistic, contributions) = (statistics[trial % statistics.Length], new double[features]);
            LocalSurrogate.Explain(v => statistic(v.ToArray()), row, new double[features], contributions);
            var exact = BruteForceShapley.Of(features, known => statistic([.. row.Select((x, i) => (known & (1 << i)) != 0 ? x : 0)]));
            var unit = exact.Max(Math.Abs);
            for (var i = 0; i < features; i++)
            {
                (contributions[i] / unit).ShouldBe(exact[i] / unit, within);
            }
        }
    }

    [Fact]
    public void Surrogate_OfManyFeatures_AsksTheStatisticAtMost256Times()
    {
        var (asked, contributions) = (0, new double[64]);
        var (row, normal) = (new double[64], new double[64]);
        row[40] = 9;
        LocalSurrogate.Explain(v => v[40] + (0 * asked++), row, normal, contributions);

        asked.ShouldBeLessThanOrEqualTo(256);
        contributions[40].ShouldBe(9, 1e-3);
    }

    [Fact]
    public void Explanation_DetectorWithoutContributions_NamesTheFeatureByASurrogate()
    {
        var series = new ContractSeries(DetectorCatalog.Get("knn"), 3);
        var detector = series.Warm();
        var explanation = Explanation.Of(detector, new Sample([50, 90, 50], series.TimeMs), [50, 50, 50]);
        explanation.IsExact.ShouldBeFalse();
        explanation.Shares()[1].ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Counterfactual_OneFeatureAtFault_ChangesItAndNoMoreThanNeeded()
    {
        RowStatistic largest = v => Math.Max(Math.Abs(v[0] - 10), Math.Abs(v[1] - 20));
        var found = Counterfactual.Find(largest, [11, 35], [10, 20], [1, 15], 3);
        found.ShouldNotBeNull();
        found[0].ShouldBe(11);
        found[1].ShouldBe(23, 1e-6);
        largest(found).ShouldBeLessThan(3);
    }

    [Fact]
    public void Counterfactual_NormalIsNotNormalEnough_IsNull() => Counterfactual.Find(_ => 9, [1, 2], [0, 0], [1, 1], 3).ShouldBeNull();
}
