using Shouldly;
using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

/// <summary>The published formula on a series small enough to work by hand, or against the whole history at once.</summary>
public sealed class StatisticalDetectorTests
{
    private static readonly SeriesContext One = new(1, 1);

    /// <summary>Median 3, deviations 2 1 0 1 7: MAD 1; 0.6745 (10 - 3) / 1 = 4.7215 (Iglewicz, Hoaglin 1993).</summary>
    [Fact]
    public void ModifiedZScore_WorkedCase_IsThePublishedFormula()
    {
        var detector = Learned(ModifiedZScoreDetector.Create(new ModifiedZScoreOptions { Window = 5, WarmUp = 5 }, One), 1, 2, 3, 4, 10);
        Raw(detector, 10).ShouldBe(0.6745 * 7, 1e-3);
        Raw(detector, 3).ShouldBe(0);
        detector.TryExpect(0, out var expected).ShouldBeTrue();
        expected.Upper.ShouldBe(3 + (3.5 * 1.4826), 1e-3);
    }

    /// <summary>Quartiles of 1..9 are 3 and 7: Tukey's upper fence is 7 + 1.5 x 4 = 13, which scores one half.</summary>
    [Fact]
    public void Interquartile_AtTheFence_ScoresHalf()
    {
        var detector = Learned(InterquartileDetector.Create(new InterquartileOptions { Window = 9, WarmUp = 9 }, One), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Score(detector, 13).ShouldBe(0.5, 1e-12);
        Raw(detector, 5).ShouldBe(0);
        Raw(detector, -1).ShouldBe(1);
    }

    [Fact]
    public void MovingAverage_Series_MatchesTheDirectFormula()
    {
        var series = Oracle.Series();
        var detector = MovingAverageDetector.Create(new MovingAverageOptions { Window = 12, Errors = 120 }, One);
        for (var i = 0; i < 900; i++)
        {
            if (i > 150)
            {
                double[] errors = [.. Enumerable.Range(i - 120, 120).Select(k => series[k] - series[(k - 12)..k].Average())];
                var expected = Math.Abs(series[i] - series[(i - 12)..i].Average()) / Math.Sqrt(errors.Average(e => e * e));
                Raw(detector, series[i]).ShouldBe(expected, 1e-9);
            }

            detector.Learn(new Sample([series[i]], i));
        }
    }

    /// <summary>pandas ewm(alpha, adjust=False) after a plain start: mean' = mean + a d, var' = (1 - a)(var + a d²).</summary>
    [Fact]
    public void Ewma_Series_FollowsTheRecurrence()
    {
        var series = Oracle.Series();
        var detector = EwmaDetector.Create(new EwmaOptions { Rate = 0.1, WarmUp = 2 }, One);
        var (mean, variance) = (0.0, 0.0);
        for (var i = 0; i < 300; i++)
        {
            if (i >= 10)
            {
                Raw(detector, series[i]).ShouldBe(Math.Abs(series[i] - mean) / Math.Sqrt(variance), 1e-9);
            }

            detector.Learn(new Sample([series[i]], i));
            var rate = Math.Max(0.1, 1.0 / (i + 1));
            var difference = series[i] - mean;
            mean += rate * difference;
            variance = (1 - rate) * (variance + (rate * difference * difference));
        }
    }

    [Fact]
    public void RollingRms_Shift_RisesOverTheWindow()
    {
        var series = Oracle.Series();
        var detector = RollingRmsDetector.Create(new RollingRmsOptions { Window = 24, WarmUp = 100, Rate = 0 }, One);
        var z = new List<double>();
        for (var i = 0; i < 800; i++)
        {
            if (i >= 2)
            {
                double[] past = series[..i];
                var value = (series[i] - past.Average()) / Math.Sqrt(past.Average(x => (x - past.Average()) * (x - past.Average())));
                z.Add(value * value);
            }

            if (i > 200)
            {
                Raw(detector, series[i]).ShouldBe(Math.Sqrt(z.TakeLast(24).Average()), 1e-8);
            }

            detector.Learn(new Sample([series[i]], i));
        }
    }

    [Fact]
    public void RecursiveLeastSquares_NoForgetting_ReachesTheRegularisedSolution()
    {
        var random = new SeededRandom(4);
        var model = new RecursiveLeastSquares(3, 1);
        for (var i = 0; i < 4000; i++)
        {
            double[] inputs = [random.NextNormal(), random.NextNormal(), 1];
            var target = (2 * inputs[0]) - (0.5 * inputs[1]) + 7;
            model.Update(inputs, target - model.Predict(inputs));
        }

        model.Weights[0].ShouldBe(2, 1e-4);
        model.Weights[1].ShouldBe(-0.5, 1e-4);
        model.Weights[2].ShouldBe(7, 1e-4);
    }

    [Fact]
    public void Autoregression_Sine_ForecastsItAndSeesTheBreak()
    {
        var detector = AutoregressionDetector.Create(new AutoregressionOptions(), One);
        var random = new SeededRandom(4);
        for (var i = 0; i < 2000; i++)
        {
            detector.Learn(new Sample([Math.Sin(i * 0.3) + (0.01 * random.NextNormal())], i));
        }

        detector.TryExpect(0, out var expected).ShouldBeTrue();
        expected.Center.ShouldBe(Math.Sin(2000 * 0.3), 0.05);
        Score(detector, Math.Sin(2000 * 0.3)).ShouldBeLessThan(0.4);
        Score(detector, Math.Sin(2000 * 0.3) + 0.3).ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void Mahalanobis_AllHistory_ApproachesTheBatchDistance()
    {
        var table = Oracle.Table();
        var detector = MahalanobisDetector.Create(new MahalanobisOptions { Rate = 0 }, new SeriesContext(3, 1));
        for (var round = 0; round < 8; round++)
        {
            for (var i = 0; i < 500; i++)
            {
                detector.Learn(new Sample(table.AsSpan(i * 3, 3), i));
            }
        }

        var golden = Oracle.Column("sklearn_scores", "mahalanobis_classic");
        for (var i = 0; i < 500; i++)
        {
            var distance = detector.Raw(new Sample(table.AsSpan(i * 3, 3), i));
            (distance * distance).ShouldBe(golden[i], 0.05 + (0.05 * golden[i]));
        }
    }

    [Fact]
    public void HourOfWeek_SundayPeak_IsUsualOnSundayAlone()
    {
        var detector = HourOfWeekDetector.Create(new HourOfWeekOptions { Slots = 7 }, One);
        var random = new SeededRandom(3);
        for (var day = 0; day < 70; day++)
        {
            detector.Learn(new Sample([(day % 7 == 3 ? 100 : 10) + random.NextNormal()], day * 86_400_000L));
        }

        detector.Score(new Sample([100], 73 * 86_400_000L)).ShouldBeLessThan(0.4);
        detector.Score(new Sample([100], 74 * 86_400_000L)).ShouldBeGreaterThan(0.8);
        detector.Score(new Sample([10], 73 * 86_400_000L)).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Silence_ThreeUsualIntervals_ScoresHalf()
    {
        var detector = SilenceDetector.Create(new SilenceOptions(), One);
        for (var i = 0; i < 40; i++)
        {
            detector.Learn(new Sample([1], i * 1000L));
        }

        detector.Score(new Sample([1], 39_000 + 1000)).ShouldBe(0.25, 1e-9);
        detector.Score(new Sample([1], 39_000 + 3000)).ShouldBe(0.5, 1e-9);
        detector.Score(new Sample([1], 38_000)).ShouldBe(0);
    }

    private static IDetector Learned(IDetector detector, params double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            detector.Learn(new Sample([values[i]], i));
        }

        return detector;
    }

    private static double Raw(IDetector detector, double value) => detector.Raw(new Sample([value], 0));

    private static double Score(IDetector detector, double value) => detector.Score(new Sample([value], 0));
}
