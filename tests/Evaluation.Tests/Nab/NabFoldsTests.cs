using Shouldly;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Evaluation.Tests.Nab;

public sealed class NabFoldsTests
{
    private const int Files = 7;
    private const int Rows = 400;
    private readonly NabCorpus _corpus = new([.. Enumerable.Range(0, Files).Select(Series)], NabProfile.V11, []);

    [Fact]
    public void Of_ThreeFolds_JudgesEveryFileOnce()
    {
        var folds = NabFolds.Of(_corpus, Scores(), 3);
        foreach (var profile in _corpus.Profiles)
        {
            var own = folds.Where(f => f.Profile == profile.Name).ToArray();
            own.Select(f => f.Fold).ShouldBe([1, 2, 3]);
            own.SelectMany(f => f.HeldOut.Files).Select(f => f.File).Order().ShouldBe(_corpus.Series.Select(s => s.Name));
        }
    }

    [Fact]
    public void Of_HeldOutFileChanges_ItsFoldChoosesAsBefore()
    {
        var (before, scores) = (NabFolds.Of(_corpus, Scores(), 3), Scores());
        Array.Fill(scores[1], 0.995);
        var after = NabFolds.Of(_corpus, scores, 3);
        for (var i = 0; i < before.Count; i++)
        {
            var isOwn = before[i].Fold == 2;
            (after[i].HeldOut.Threshold == before[i].HeldOut.Threshold && after[i].RestShare == before[i].RestShare && after[i].Chosen == before[i].Chosen).ShouldBe(isOwn, $"{before[i].Profile}, fold {before[i].Fold}");
        }
    }

    [Fact]
    public void HeldOut_OneThresholdSuitsAll_IsTheScoreOfTheWhole()
    {
        var scores = _corpus.Series.Select(s => Enumerable.Range(0, Rows).Select(i => i == s.Windows[0].First ? 0.9 : 0.1).ToArray()).ToArray();
        NabFolds.HeldOut(_corpus, _corpus.Profiles[0], NabFolds.Of(_corpus, scores, 3)).ShouldBe(new NabScorer(_corpus).Score(scores)[0].Score, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Files + 1)]
    public void Of_FoldsThatCannotBeMade_IsRefused(int folds) => Should.Throw<ArgumentOutOfRangeException>(() => NabFolds.Of(_corpus, Scores(), folds));

    private static NabSeries Series(int file) => new($"made/{file}.csv", [.. Enumerable.Range(0, Rows).Select(i => i * 60_000L)], new double[Rows], [new NabWindow(200 + (10 * file), 230 + (10 * file))]);

    private double[][] Scores()
    {
        var random = new Random(1);
        return [.. _corpus.Series.Select(s => Enumerable.Range(0, Rows).Select(i => i == s.Windows[0].First + 5 ? 0.9 + (random.NextDouble() / 20) : 0.92 * random.NextDouble()).ToArray())];
    }
}
