using System.Globalization;
using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Evaluation.Metrics;

namespace Tidewatch.Evaluation.Tests.Metrics;

/// <summary>Every metric that scikit-learn has, against its values in tests/oracles/metrics.csv (made by make_metrics.py on the same rows).</summary>
public sealed class MetricsOracleTests
{
    private const int Rows = 400;
    private static readonly Dictionary<string, double> Expected = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", "metrics.csv")).Skip(1)
        .Select(l => l.Split(',')).ToDictionary(f => f[0], f => double.Parse(f[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private readonly bool[] _labels = new bool[Rows];
    private readonly bool[] _flags = new bool[Rows];
    private readonly double[] _scores = new double[Rows];
    private readonly double[] _table = new double[Rows * 3];

    public MetricsOracleTests()
    {
        var state = 12345L;
        double Next()
        {
            state = ((1103515245 * state) + 12345) % (1L << 31);
            return state / (double)(1L << 31);
        }

        for (var i = 0; i < Rows; i++)
        {
            _labels[i] = Next() > 0.85;
            for (var j = 0; j < 3; j++)
            {
                _table[(3 * i) + j] = Next() + (_labels[i] ? new[] { 0.5, 0.2, 0.0 }[j] : 0);
            }

            _scores[i] = Math.Round(_table[3 * i] + _table[(3 * i) + 1], 2);
            _flags[i] = _scores[i] >= 1.5;
        }
    }

    [Fact]
    public void Confusion_Flags_IsScikitLearns()
    {
        var confusion = Confusion.Of(_labels, _flags);
        ShouldBe("true_positives", confusion.TruePositives);
        ShouldBe("false_positives", confusion.FalsePositives);
        ShouldBe("false_negatives", confusion.FalseNegatives);
        ShouldBe("true_negatives", confusion.TrueNegatives);
        ShouldBe("precision", confusion.Precision);
        ShouldBe("recall", confusion.Recall);
        ShouldBe("f1", confusion.F1);
        ShouldBe("specificity", confusion.Specificity);
        ShouldBe("matthews", confusion.Matthews);
    }

    [Fact]
    public void Ranking_ScoresWithTies_IsScikitLearns()
    {
        var ranking = Ranking.Of(_labels, _scores);
        ShouldBe("roc_auc", ranking.RocAuc);
        ShouldBe("average_precision", ranking.AveragePrecision);
        ShouldBe("pr_auc_trapezoid", ranking.PrAucTrapezoid);
    }

    [Fact]
    public void ClusterSeparation_FlaggedAndOthers_IsScikitLearns()
    {
        var separation = ClusterSeparation.Of(_table, 3, _flags);
        ShouldBe("silhouette", separation.Silhouette);
        ShouldBe("calinski_harabasz", separation.CalinskiHarabasz);
        ShouldBe("davies_bouldin", separation.DaviesBouldin);
    }

    [Fact]
    public void Bootstrap_RocAuc_HoldsTheValueAndNarrowsWithConfidence()
    {
        var wide = Bootstrap.OfRocAuc(_labels, _scores, samples: 300);
        var narrow = Bootstrap.OfRocAuc(_labels, _scores, samples: 300, confidence: 0.5);
        Ranking.Of(_labels, _scores).RocAuc.ShouldBeInRange(wide.Lower, wide.Upper);
        narrow.Lower.ShouldBeGreaterThan(wide.Lower);
        narrow.Upper.ShouldBeLessThan(wide.Upper);
    }

    [Fact]
    public void Bootstrap_RocAucWithTies_IsThatOfEveryResampleRankedByItself()
    {
        var (random, areas, rounded) = (new SeededRandom(1), new double[25], Array.ConvertAll(_scores, s => Math.Round(s, 1)));
        for (var sample = 0; sample < areas.Length; sample++)
        {
            var rows = _labels.Select(_ => random.Next(_labels.Length)).ToArray();
            areas[sample] = Ranking.Of(Array.ConvertAll(rows, r => _labels[r]), Array.ConvertAll(rows, r => rounded[r])).RocAuc;
        }

        var whole = Bootstrap.OfRocAuc(_labels, rounded, samples: areas.Length, confidence: 1);
        whole.Lower.ShouldBe(areas.Min(), 1e-12);
        whole.Upper.ShouldBe(areas.Max(), 1e-12);
    }

    private static void ShouldBe(string metric, double value) => value.ShouldBe(Expected[metric], 1e-9, metric);
}
