using System.Globalization;
using System.IO.Compression;
using Shouldly;
using Tidewatch.Detection.Detectors.Shapes;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class ShapeDetectorTests
{
    /// <summary>The period of the series is 24, so its windows are 6, 12, 24 and 48: brute force over every earlier window that does not overlap.</summary>
    [Fact]
    public void MultiScaleDiscord_Series_EqualsBruteForce()
    {
        var series = Oracle.Series()[..900];
        var detector = MultiScaleDiscordDetector.Create(new MultiScaleDiscordOptions(), new SeriesContext(1, 1));
        int[] windows = [6, 12, 24, 48];
        var means = new double[4];
        for (var i = 0; i < series.Length; i++)
        {
            var sample = new Sample([series[i]], i);
            if (i is 500 or 700 or 711 or 899)
            {
                for (var k = 0; k < 4; k++)
                {
                    means[k] = Enumerable.Range(0, i).Where(j => Count(j, windows[k]) > 40).Average(j => Discord(series, j, windows[k]));
                }

                detector.Raw(sample).ShouldBe(windows.Select((w, k) => Discord(series, i, w) / means[k]).Average(), 0.01, $"at {i}");
            }

            detector.Learn(sample);
        }
    }

    [Fact]
    public void KnnCad_NabFile_EqualsTheAuthorsScores()
    {
        var data = ServerFolder.Data("nab") ?? "";
        Assert.SkipUnless(data.Length > 0, "needs the folder of labelled data: set SERVERS");
        const string File = "realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv";
        var values = System.IO.File.ReadLines(Path.Combine(data, "data", File)).Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
        using var lines = new StreamReader(new GZipStream(System.IO.File.OpenRead(Path.Combine(data, "results", "knncad_scores.csv.gz")), CompressionMode.Decompress));
        var golden = new List<double>();
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(File, StringComparison.Ordinal))
            {
                golden.Add(double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
            }
        }

        golden.Count.ShouldBe(values.Length);
        var detector = KnnCadDetector.Create(new KnnCadOptions { Probation = (int)(0.15 * values.Length) }, new SeriesContext(1, 1));
        var (compared, equal) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var sample = new Sample([values[i]], i);
            if (detector.IsWarm && golden[i] != 0.5)
            {
                compared++;
                equal += Math.Abs(Math.Min(1, detector.Raw(sample)) - golden[i]) < 0.003 ? 1 : 0;
            }

            detector.Learn(sample);
        }

        compared.ShouldBeGreaterThan(2_000);
        (equal / (double)compared).ShouldBeGreaterThan(0.98, "the rest of an alarm is 0.5 in the authors' file, and rows at a new metric are ranked with the old one");
    }

    /// <summary>A polynomial is extrapolated without error by one of its degree; degree 0 is the mean.</summary>
    [Fact]
    public void Extrapolation_Polynomial_IsExact()
    {
        var weights = LocalPolynomialDetector.Extrapolation(12, 3);
        var forecast = weights.Select((w, age) => w * Math.Pow(9 - age, 3)).Sum();
        forecast.ShouldBe(1_000, 1e-8);
        LocalPolynomialDetector.Extrapolation(8, 0).ShouldAllBe(w => Math.Abs(w - 0.125) < 1e-12);
    }

    /// <summary>By hand: runs of 2 are usual, so with three times the usual run or at least ten the tenth equal value scores 0.5.</summary>
    [Fact]
    public void StuckValue_RunOfTen_ScoresHalf()
    {
        var detector = StuckValueDetector.Create(new StuckValueOptions(), new SeriesContext(1, 1));
        for (var i = 0; i < 60; i++)
        {
            detector.Learn(new Sample([i / 2], i));
        }

        for (var run = 1; run <= 9; run++)
        {
            detector.Score(new Sample([77], 100)).ShouldBeLessThan(0.5);
            detector.Learn(new Sample([77], 100));
        }

        detector.Score(new Sample([77], 100)).ShouldBe(0.5);
        detector.Score(new Sample([78], 100)).ShouldBe(0);
    }

    private static int Count(int end, int window) => end - (2 * window) + 2;

    private static double Discord(double[] series, int end, int window)
    {
        var least = double.PositiveInfinity;
        for (var other = end - window; other >= window - 1; other--)
        {
            var sum = 0.0;
            for (var k = 0; k < window; k++)
            {
                sum += Math.Pow(series[end - k] - series[other - k], 2);
            }

            least = Math.Min(least, sum);
        }

        return Math.Sqrt(least);
    }
}
