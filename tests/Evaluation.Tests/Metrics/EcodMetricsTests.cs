using System.Globalization;
using Shouldly;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Tests.Metrics;

/// <summary>The metrics on PyOD's ECOD scores of the oracle table, against scikit-learn's in tests/oracles/metrics_of_ecod.csv.</summary>
public sealed class EcodMetricsTests
{
    private static readonly string[][] Expected = Read("metrics_of_ecod");
    private readonly double[] _scores = Column("table_scores", "pyod_ecod");
    private readonly bool[] _labels = Array.ConvertAll(Column("table", "label"), l => l > 0);

    [Fact]
    public void Ranking_EcodScores_IsScikitLearns()
    {
        var ranking = Ranking.Of(_labels, _scores);
        ShouldBe("roc_auc", ranking.RocAuc);
        ShouldBe("average_precision", ranking.AveragePrecision);
        ShouldBe("pr_auc_trapezoid", ranking.PrAucTrapezoid);
    }

    [Fact]
    public void Confusion_Above96thPercentile_IsScikitLearns()
    {
        var confusion = Confusion.Of(_labels, Flags());
        ShouldBe("precision_at_q96", confusion.Precision);
        ShouldBe("recall_at_q96", confusion.Recall);
        ShouldBe("f1_at_q96", confusion.F1);
        ShouldBe("mcc_at_q96", confusion.Matthews);
    }

    [Fact]
    public void ClusterSeparation_Above96thPercentile_IsScikitLearns()
    {
        double[][] columns = [Column("table", "x0"), Column("table", "x1"), Column("table", "x2")];
        var separation = ClusterSeparation.Of([.. Enumerable.Range(0, _scores.Length).SelectMany(i => columns.Select(c => c[i]))], 3, Flags());
        ShouldBe("silhouette_q96", separation.Silhouette);
        ShouldBe("calinski_harabasz_q96", separation.CalinskiHarabasz);
        ShouldBe("davies_bouldin_q96", separation.DaviesBouldin);
    }

    /// <summary>Above NumPy's quantile .96, which interpolates between two scores.</summary>
    private bool[] Flags()
    {
        var place = 0.96 * (_scores.Length - 1);
        var sorted = _scores.Order().ToArray();
        var quantile = sorted[(int)place] + ((place - (int)place) * (sorted[(int)place + 1] - sorted[(int)place]));
        return Array.ConvertAll(_scores, s => s > quantile);
    }

    private static void ShouldBe(string metric, double value) =>
        value.ShouldBe(double.Parse(Expected.Single(r => r[0] == metric)[1], CultureInfo.InvariantCulture), 1e-9, metric);

    private static double[] Column(string file, string name)
    {
        var rows = Read(file);
        var index = Array.IndexOf(rows[0], name);
        return [.. rows.Skip(1).Select(r => double.Parse(r[index], CultureInfo.InvariantCulture))];
    }

    private static string[][] Read(string file) => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", file + ".csv")).Select(l => l.Split(','))];
}
