using Shouldly;
using Tidewatch.Detection.Batch;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>What every batch detector promises, whatever its method.</summary>
public sealed class BatchContractTests
{
    public static TheoryData<string> Names => [.. BatchCatalog.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_FarRow_ExceedsTheTypical(string name)
    {
        var table = Oracle.Table();
        var detector = Fitted(name, table, 3);
        Span<double> scores = stackalloc double[2];
        detector.Score([0.1, 0.1, 0, 40, 40, -40], scores);
        scores[1].ShouldBeGreaterThan(scores[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FitScore_Table_FindsThePlantedOutliers(string name)
    {
        var table = Oracle.Table();
        var scores = new double[500];
        BatchCatalog.Get(name).Create(7).FitScore(table, 3, scores);
        scores.ShouldAllBe(s => double.IsFinite(s));
        Oracle.RocAuc(Oracle.Column("table", "label"), scores).ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_SameSeed_SameScores(string name)
    {
        var table = Oracle.Table();
        var (first, second) = (new double[500], new double[500]);
        Fitted(name, table, 3).Score(table, first);
        var again = BatchCatalog.Get(name).Create(7);
        again.Fit(table.AsSpan(0, 90), 3);
        again.Fit(table, 3);
        again.Score(table, second);
        second.ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_OneByOne_EqualsTheWholeTable(string name)
    {
        var table = Oracle.Table();
        var whole = new double[500];
        var detector = Fitted(name, table, 3);
        detector.Score(table, whole);
        Span<double> one = stackalloc double[1];
        for (var i = 0; i < 500; i++)
        {
            detector.Score(table.AsSpan(i * 3, 3), one);
            one[0].ShouldBe(whole[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FitScore_DegenerateTables_StayFinite(string name)
    {
        double[][] tables = [[5, 5], [.. Enumerable.Repeat(3.0, 60)], [.. Enumerable.Range(0, 60).Select(i => i % 2 * 1e-150)],
            [.. Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? i : 7) * 1e140)], [1, 2, 1, 3, 2, 4], [.. Enumerable.Range(0, 80).Select(i => (double)(i / 2))]];
        foreach (var table in tables)
        {
            var scores = new double[table.Length / 2];
            BatchCatalog.Get(name).Create(7).FitScore(table, 2, scores);
            scores.ShouldAllBe(s => double.IsFinite(s), $"{name} of [{string.Join(' ', table.Take(6))}...]");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_NoTable_Throws(string name)
    {
        var detector = BatchCatalog.Get(name).Create(7);
        Should.Throw<ArgumentException>(() => detector.Fit([], 2));
        Should.Throw<ArgumentException>(() => detector.Fit([1, 2, 3], 2));
        Should.Throw<InvalidOperationException>(() => BatchCatalog.Get(name).Create(7).Score([1, 2], new double[1]));
    }

    private static IBatchDetector Fitted(string name, double[] table, int dimension)
    {
        var detector = BatchCatalog.Get(name).Create(7);
        detector.Fit(table, dimension);
        return detector;
    }
}
