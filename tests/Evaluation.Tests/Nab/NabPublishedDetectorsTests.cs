using System.Text.Json;
using Shouldly;
using Tidewatch.Evaluation.Data;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Evaluation.Tests.Nab;

/// <summary>Our scorer on the published scores of other detectors against what NAB's own scorer says of them.</summary>
public sealed class NabPublishedDetectorsTests
{
    public static TheoryData<string> Detectors => ["ARTime", "contextOSE", "earthgeckoSkyline", "htmjava", "knncad", "numenta", "numentaTM", "randomCutForest", "relativeEntropy", "skyline", "twitterADVec"];

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Score_PublishedDetector_IsNabsOwn(string detector)
    {
        var corpus = NabCorpus.Load(LabelledData.Require("nab"));
        var file = Path.Combine(LabelledData.Require("nab"), "results", $"{detector}_scores.csv.gz");

        ShouldBeNabsOwn(detector, corpus, ReadScores(corpus, file));
    }

    [Fact]
    public void Score_WindowedGaussian_IsNabsOwn()
    {
        // Its published scores are rounded to six digits, which ties what NAB told apart: it is computed again.
        var corpus = NabCorpus.Load(LabelledData.Require("nab"));

        ShouldBeNabsOwn("windowedGaussian", corpus, [.. corpus.Series.Select(s => WindowedGaussian.Scores(s.Values))]);
    }

    private static void ShouldBeNabsOwn(string detector, NabCorpus corpus, double[][] scores)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(LabelledData.Require("nab"), "results", "expected_on_these_35_files.json")));

        var results = new NabScorer(corpus).Score(scores);

        results.Count.ShouldBe(3);
        foreach (var result in results)
        {
            var published = expected.RootElement.GetProperty(detector).GetProperty(result.Profile);
            result.Score.ShouldBe(published.GetProperty("score").GetDouble(), 0.01, result.Profile);
            result.WindowsFound.ShouldBe(published.GetProperty("windows_found").GetInt32(), result.Profile);
            result.FalseRows.ShouldBe(published.GetProperty("false_positive_points").GetInt32(), result.Profile);
        }
    }

    private static double[][] ReadScores(NabCorpus corpus, string file)
    {
        var scores = corpus.Series.ToDictionary(s => s.Name, s => new double[s.Values.Length], StringComparer.Ordinal);
        using var rows = CsvRows.Open(file);
        while (rows.Next())
        {
            scores[rows.Text(0)][(int)rows.Number(1)] = rows.Number(2);
        }

        return [.. corpus.Series.Select(s => scores[s.Name])];
    }
}
