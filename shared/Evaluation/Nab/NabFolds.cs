namespace Tidewatch.Evaluation.Nab;

/// <summary>What was chosen without a fold's files and what it gives on them.</summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Fold">From 1.</param>
/// <param name="RestShare">The rest after an alarm is the probation divided by this.</param>
/// <param name="Chosen">Score on the files it was chosen on, with the threshold that is best for them.</param>
/// <param name="HeldOut">Result on the fold's own files at that threshold.</param>
public sealed record NabFold(string Profile, int Fold, int RestShare, double Chosen, NabResult HeldOut);

/// <summary>Cross-validation over files: threshold and rest are chosen on the files of the other folds. File i of the corpus belongs to fold i modulo their number.</summary>
public static class NabFolds
{
    /// <summary>Rests tried, as divisors of the probation.</summary>
    public static IReadOnlyList<int> RestShares { get; } = [2, 3, NabRun.RestShare, 5, 8];

    /// <summary>Every profile's folds, in the corpus' order of profiles.</summary>
    /// <param name="corpus">At least as many files as folds.</param>
    /// <param name="raw">The detector's score of each row of each file, before any rest.</param>
    /// <param name="folds">2 to the number of files. Throws <see cref="ArgumentOutOfRangeException"/> otherwise.</param>
    public static IReadOnlyList<NabFold> Of(NabCorpus corpus, IReadOnlyList<double[]> raw, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, corpus.Series.Count);
        var rested = RestShares.Select(s => corpus.Series.Select((f, i) => NabRun.Alarms(raw[i], f.Probation / s)).ToArray()).ToArray();
        return [.. corpus.Profiles.SelectMany(p => Enumerable.Range(0, folds).Select(fold => Judge(corpus with { Profiles = [p] }, rested, fold, folds)))];
    }

    /// <summary>Normalised score of all held-out files together.</summary>
    public static double HeldOut(NabCorpus corpus, NabProfile profile, IEnumerable<NabFold> folds) =>
        new NabScorer(corpus).Normalise(profile, folds.Where(f => string.Equals(f.Profile, profile.Name, StringComparison.Ordinal)).Sum(f => f.HeldOut.Files.Sum(file => file.Points)));

    private static NabFold Judge(NabCorpus corpus, double[][][] rested, int fold, int folds)
    {
        var (train, test) = (corpus with { Series = Pick(corpus.Series, i => i % folds != fold) }, corpus with { Series = Pick(corpus.Series, i => i % folds == fold) });
        var scorer = new NabScorer(train);
        var (result, choice) = rested.Select((scores, r) => (Result: scorer.Score(Pick(scores, i => i % folds != fold))[0], Choice: r)).MaxBy(c => c.Result.Score);
        var heldOut = new NabScorer(test).ScoreAt(corpus.Profiles[0], result.Threshold, Pick(rested[choice], i => i % folds == fold));
        return new NabFold(corpus.Profiles[0].Name, fold + 1, RestShares[choice], result.Score, heldOut);
    }

    private static T[] Pick<T>(IReadOnlyList<T> all, Func<int, bool> of) => [.. all.Where((_, i) => of(i))];
}
