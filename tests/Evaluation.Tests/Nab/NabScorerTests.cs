using Shouldly;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Evaluation.Tests.Nab;

public sealed class NabScorerTests
{
    // 40 rows: probation 6 rows, window rows 20 to 24 (width 5).
    private static readonly NabCorpus Small = new([new NabSeries("a.csv", [.. Enumerable.Range(0, 40).Select(i => i * 60_000L)], new double[40], [new NabWindow(20, 24)])], NabProfile.V11, []);

    [Fact]
    public void Score_Silence_IsZero()
    {
        foreach (var result in new NabScorer(Small).Score([Flags()]))
        {
            result.Score.ShouldBe(0, 1e-12);
            result.Threshold.ShouldBe(double.PositiveInfinity);
        }
    }

    [Fact]
    public void Score_FirstRowOfWindow_IsHundred() => new NabScorer(Small).Score([Flags(20)]).ShouldAllBe(r => Math.Abs(r.Score - 100) < 1e-9);

    [Fact]
    public void Score_LastRowOfWindowAndFalseRows_IsTheHandWorkedSum()
    {
        // Row 24 lies at -(24-24+1)/5 = -0.2: S = 2/(1+e^-1) - 1 = 0.4621171573; S(-1) = 0.9866142982; share 0.4683868439.
        // Row 10 has no earlier window: -1. Row 26 lies (26-24)/(5-1) = 0.5 past it: S = 2/(1+e^2.5) - 1 = -0.8482836399.
        // Row 38 lies 3.5 past it: -1. Row 5 is in probation: nothing.
        var result = new NabScorer(Small).ScoreAt(NabProfile.V11[0], 1, [Flags(5, 10, 24, 26, 38)]);
        var expected = 0.46838684390 - (0.11 * (1 + 0.8482836399575 + 1));
        result.Files[0].Points.ShouldBe(expected, 1e-9);
        result.Score.ShouldBe(100 * (expected + 1) / 2, 1e-7);
        (result.WindowsFound, result.FalseRows).ShouldBe((1, 3));
    }

    [Fact]
    public void Score_EqualScores_AreTakenTogether()
    {
        // A threshold cannot part the hit from 20 false rows with the same score: silence is better.
        var scores = Flags([.. Enumerable.Range(0, 20), 22]);
        new NabScorer(Small).Score([scores])[1].Threshold.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Score_WrongLength_NamesTheFile() =>
        Should.Throw<ArgumentException>(() => new NabScorer(Small).Score([new double[39]])).Message.ShouldContain("a.csv has 40 rows");

    private static double[] Flags(params int[] rows)
    {
        var scores = new double[40];
        Array.Fill(scores, double.NaN);
        foreach (var row in rows)
        {
            scores[row] = 1;
        }

        return scores;
    }
}
