using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Tails;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

/// <summary>Stream forms against another library's values, the batch form, or what theory says of the data.</summary>
public sealed class StreamOracleTests
{
    private const long Day = 86_400_000;
    private static readonly SeriesContext One = new(1, 1);

    /// <summary>stumpy's left matrix profile without normalisation, windows of 24 that do not overlap.</summary>
    [Fact]
    public void LeftDiscord_Series_IsStumpysLeftProfile()
    {
        const int Window = 24;
        var (series, golden) = (Oracle.Series(), Oracle.Column("matrix_profile_m24", "raw_left_exclusion_m"));
        var detector = LeftDiscordDetector.Create(new LeftDiscordOptions { Window = Window, Horizon = series.Length, Neighbor = 1 }, One);
        var compared = 0;
        for (var i = 0; i < series.Length; i++)
        {
            var sample = new Sample([series[i]], i);
            var start = i - Window + 1;
            if (detector.IsWarm && double.IsFinite(golden[start]))
            {
                detector.Raw(sample).ShouldBe(golden[start], 2e-3 * Math.Max(1, golden[start]), $"window at {start}");
                compared++;
            }

            detector.Learn(sample);
        }

        compared.ShouldBeGreaterThan(1_300);
    }

    [Fact]
    public void ZScore_Series_IsTheDirectFormula()
    {
        var series = Oracle.Series();
        var detector = ZScoreDetector.Create(new ZScoreOptions { Window = 50, WarmUp = 50 }, One);
        for (var i = 0; i < series.Length; i++)
        {
            if (i >= 50)
            {
                double[] past = series[(i - 50)..i];
                detector.Raw(new Sample([series[i]], i)).ShouldBe(Math.Abs(series[i] - past.Average()) / Math.Sqrt(past.Average(x => Math.Pow(x - past.Average(), 2))), 1e-7);
            }

            detector.Learn(new Sample([series[i]], i));
        }
    }

    /// <summary>A normal variable lies above 3.719 once in 10,000 times.</summary>
    [Fact]
    public void Spot_NormalValues_LimitsOnceInTenThousand()
    {
        var random = new SeededRandom(6);
        var detector = SpotDetector.Create(new SpotOptions { Risk = 1e-4, Depth = 0 }, One);
        for (var i = 0; i < 50_000; i++)
        {
            detector.Learn(new Sample([random.NextNormal()], i));
        }

        detector.TryExpect(0, out var expected).ShouldBeTrue();
        expected.Upper.ShouldBe(3.719, 0.3);
        expected.Lower.ShouldBe(-3.719, 0.3);
    }

    /// <summary>The forest that was grown at a switch is the batch form's on the same rows, seed aside.</summary>
    [Fact]
    public void IsolationForest_AtASwitch_RanksAsTheBatchForm()
    {
        var (table, batch, stream) = (Oracle.Table(), new double[500], new double[500]);
        for (var seed = 0UL; seed < 8; seed++)
        {
            var detector = IsolationForestDetector.Create(new IsolationForestOptions { Window = 500, WarmUp = 500, Trees = 100, SampleSize = 256 }, new SeriesContext(3, seed));
            IBatchDetector forest = new IsolationForestBatch(new IsolationForestBatchOptions(), seed);
            var scores = new double[500];
            for (var i = 0; i < 500; i++)
            {
                detector.Learn(new Sample(table.AsSpan(3 * i, 3), i));
            }

            forest.FitScore(table, 3, scores);
            for (var i = 0; i < 500; i++)
            {
                batch[i] += scores[i] / 8;
                stream[i] += detector.Raw(new Sample(table.AsSpan(3 * i, 3), i)) / 8;
            }
        }

        Oracle.WorstError(batch, stream).ShouldBeLessThan(0.03);
        Oracle.Pearson(batch, stream).ShouldBeGreaterThan(0.995);
    }

    /// <summary>A series made of what the regression is made of: a daily wave, a second one, and a level of its own on Sundays.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CalendarResidual_WavesAndSundays_ForecastsThem(bool isLogarithmic)
    {
        const long Step = Day / 96;
        var detector = CalendarResidualDetector.Create(new CalendarResidualOptions { Harmonics = 2, Logarithmic = isLogarithmic, Memory = 20_000 }, One);
        for (var i = 0; i < 96 * 70; i++)
        {
            detector.Learn(new Sample([Value(i * Step)], i * Step));
        }

        for (var i = 96 * 70; i < 96 * 77; i++)
        {
            var sample = new Sample([Value(i * Step)], i * Step);
            detector.Score(sample);
            detector.Learn(sample);
            detector.TryExpect(0, out var expected).ShouldBeTrue();
            expected.Center.ShouldBe(Value(i * Step), 0.01 * Value(i * Step));
        }

        detector.Score(new Sample([2 * Value(77 * Day)], 77 * Day)).ShouldBeGreaterThan(0.9);

        double Value(long time)
        {
            var angle = 2 * Math.PI * (time % Day) / Day;
            var logarithm = 4 + (0.5 * Math.Sin(angle)) - (0.2 * Math.Cos(2 * angle)) + (time / Day % 7 == 3 ? 0.7 : 0);
            return isLogarithmic ? Math.Exp(logarithm) : logarithm;
        }
    }

    /// <summary>The mean over members of their standard scores on standardised rows.</summary>
    [Fact]
    public void TabularEnsemble_TwoMembers_IsTheDirectFormula()
    {
        var (table, expected, scores) = (Oracle.Table(), new double[500], new double[500]);
        double[] scaled = new double[table.Length];
        for (var column = 0; column < 3; column++)
        {
            double[] values = [.. Enumerable.Range(0, 500).Select(i => table[(3 * i) + column])];
            var deviation = Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2)));
            for (var i = 0; i < 500; i++)
            {
                scaled[(3 * i) + column] = (values[i] - values.Average()) / deviation;
            }
        }

        foreach (var member in new IBatchDetector[] { new LofBatch(new LofBatchOptions(), 1), new MahalanobisBatch(new MahalanobisBatchOptions()) })
        {
            member.FitScore(scaled, 3, scores);
            var (mean, deviation) = (scores.Average(), Math.Sqrt(scores.Average(s => Math.Pow(s - scores.Average(), 2))));
            for (var i = 0; i < 500; i++)
            {
                expected[i] += (scores[i] - mean) / deviation / 2;
            }
        }

        new TabularEnsembleBatch(new TabularEnsembleBatchOptions { Members = ["lof", "mahalanobis"] }, 1).FitScore(table, 3, scores);
        Oracle.WorstError(expected, scores).ShouldBeLessThan(1e-9);
    }
}
