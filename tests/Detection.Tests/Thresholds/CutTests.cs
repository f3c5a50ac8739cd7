using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Xunit;

namespace Tidewatch.Detection.Tests.Thresholds;

public sealed class CutTests
{
    [Fact]
    public void Quantile_UniformScores_IsFollowed()
    {
        var cut = new QuantileCut(0.95, 0.1);
        Feed(cut, 20_000);
        cut.Value.ShouldBe(0.95, 0.05);
    }

    /// <summary>Uniform scores exceed 0.999 once in a thousand.</summary>
    [Fact]
    public void Spot_UniformScores_IsExceededWithItsRisk()
    {
        var cut = new SpotCut(0.001, 0.1);
        cut.Value.ShouldBe(0.1);
        Feed(cut, 20_000);
        cut.Value.ShouldBeInRange(0.996, 0.9999);
    }

    [Fact]
    public void Feedback_FalseAlarmsAndMisses_MoveTheLine()
    {
        var cut = new FeedbackCut(0.5);
        cut.Correct(0.4, isAnomaly: false);
        cut.Correct(0.8, isAnomaly: true);
        cut.Value.ShouldBe(0.5, "both agree with the line");
        cut.Correct(0.6, isAnomaly: false);
        cut.Value.ShouldBe(0.6, 1e-12, "half the way to the middle of 0.6 and 0.8");
        cut.Correct(0.2, isAnomaly: true);
        cut.Value.ShouldBe(0.6, "below 0.2 lie as many false alarms more as anomalies");
        cut.Correct(0.2, isAnomaly: true);
        cut.Value.ShouldBe(0.375, 1e-12, "half the way to three quarters of 0.2");
    }

    /// <summary>Ten anomalies were confirmed at 0.7 and 0.9: one false alarm between them lifts the line no further than it parts them, ten at 0.95 lift it past them.</summary>
    [Fact]
    public void Feedback_FalseAlarmsAmongConfirmedAnomalies_CountAgainstThem()
    {
        var cut = new FeedbackCut(0.5);
        for (var i = 0; i < 10; i++)
        {
            cut.Correct(i % 2 == 0 ? 0.7 : 0.9, isAnomaly: true);
        }

        cut.Correct(0.8, isAnomaly: false);
        cut.Value.ShouldBe(0.5, "0.85 is at odds with five anomalies instead of one false alarm");
        cut.Correct(0.6, isAnomaly: false);
        cut.Value.ShouldBe(0.575, 1e-12, "half the way to 0.65");
        for (var i = 0; i < 12; i++)
        {
            cut.Correct(0.95, isAnomaly: false);
        }

        cut.Value.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Feedback_OnlyTheLastJudgements_Count()
    {
        var cut = new FeedbackCut(0.5);
        for (var i = 0; i < JudgedScores.Remembered; i++)
        {
            cut.Correct(0.9, isAnomaly: true);
        }

        for (var i = 0; i < JudgedScores.Remembered / 2; i++)
        {
            cut.Correct(0.95, isAnomaly: false);
        }

        cut.Value.ShouldBe(0.5, "as many say the one as the other");
        cut.Correct(0.95, isAnomaly: false);
        cut.Value.ShouldBeGreaterThan(0.7);
    }

    /// <summary>Earlier releases kept the line alone; they refuse what they do not know.</summary>
    [Fact]
    public void Feedback_BytesOfEarlierReleases_AreReadAndWrittenUntilSomethingIsJudged()
    {
        var writer = new StateWriter();
        writer.Write(0.7);
        var cut = new FeedbackCut(0.5);
        var reader = new StateReader(writer.Written);
        cut.Load(ref reader);
        cut.Value.ShouldBe(0.7);
        var again = new StateWriter();
        cut.Save(again);
        again.Written.ToArray().ShouldBe(writer.Written.ToArray());
        cut.Correct(0.9, isAnomaly: true);
        var judged = new StateWriter();
        cut.Save(judged);
        BitConverter.ToDouble(judged.Written[..8]).ShouldBe(2);
    }

    [Theory]
    [InlineData(0.8, false)]
    [InlineData(0.99, false)]
    [InlineData(0.3, true)]
    [InlineData(0.1, true)]
    public void Feedback_TheSameCorrectionAgainAndAgain_MovesTheLineToTheOtherSideOfTheScoreAndThenNoMore(double score, bool isAnomaly)
    {
        var cut = new FeedbackCut(0.5);
        for (var i = 0; i < 8; i++)
        {
            cut.Correct(score, isAnomaly);
        }

        var settled = cut.Value;
        (score >= settled).ShouldBe(isAnomaly);
        cut.Correct(score, isAnomaly);
        cut.Value.ShouldBe(settled);
    }

    [Theory]
    [InlineData(0.02, 0.01, true)]
    [InlineData(1, 1, false)]
    public void Feedback_BeginsBeyondWhereCorrectionsReach_StaysThere(double first, double score, bool isAnomaly)
    {
        var cut = new FeedbackCut(first);
        cut.Correct(score, isAnomaly);
        cut.Value.ShouldBe(first);
    }

    [Theory]
    [InlineData(CutRule.Fixed)]
    [InlineData(CutRule.Quantile)]
    [InlineData(CutRule.Spot)]
    [InlineData(CutRule.Feedback)]
    public void Load_Saved_ContinuesToTheBit(CutRule rule)
    {
        var options = new ThresholdOptions { Rule = rule };
        var (original, copy) = (new HysteresisThreshold(options), new HysteresisThreshold(options));
        var random = new SeededRandom(1);
        for (var i = 0; i < 400; i++)
        {
            if (i == 300)
            {
                var writer = new StateWriter();
                original.Save(writer);
                var reader = new StateReader(writer.Written);
                copy.Load(ref reader);
                reader.Remaining.ShouldBe(0);
            }

            var score = random.NextDouble();
            original.Learn(score);
            original.Correct(score, i % 3 == 0);
            copy.Learn(i < 300 ? 0 : score);
            copy.Correct(score, i % 3 == 0);
        }

        copy.Cut.ShouldBe(original.Cut);
    }

    [Fact]
    public void IsLargeEnough_WrongDirection_DoesNotCount()
    {
        var threshold = new HysteresisThreshold(new ThresholdOptions { Direction = ChangeDirection.Above });
        threshold.IsLargeEnough(12, new Expectation(9, 10, 11, 0.3)).ShouldBeTrue();
        threshold.IsLargeEnough(8, new Expectation(9, 10, 11, 0.3)).ShouldBeFalse();
    }

    private static void Feed(ICut cut, int count)
    {
        var random = new SeededRandom(6);
        for (var i = 0; i < count; i++)
        {
            cut.Learn(random.NextDouble());
        }
    }
}
