using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Cli.Commands;

/// <summary>Several detectors on the files of NAB, each by itself with its defaults and a threshold of its own: the best of the standard profile first.</summary>
internal static class NabComparison
{
    /// <summary>Judges one after the other, so that the processor time of this process is that of one detector; <paramref name="progress"/> is told of each that is done.</summary>
    public static Result Of(NabCorpus corpus, IReadOnlyList<DetectorEntry> entries, TextWriter progress)
    {
        var scorer = new NabScorer(corpus);
        var rows = entries.Select(e => Judge(corpus, scorer, e, progress)).ToArray();
        return new Result(
            [("detectors", entries.Count), ("files_judged", corpus.Series.Count), ("windows", corpus.Series.Sum(s => s.Windows.Count)), ("rows", corpus.Series.Sum(s => (long)s.Values.Length))],
            new ResultTable(
                "detectors_by_score",
                ["detector", .. corpus.Profiles.Select(p => p.Name), "windows_found", "false_rows", "processor_seconds"],
                [.. rows.OrderByDescending(r => (double)r[1]!).ThenBy(r => (string)r[0]!, StringComparer.Ordinal)]));
    }

    private static object?[] Judge(NabCorpus corpus, NabScorer scorer, DetectorEntry entry, TextWriter progress)
    {
        var before = Environment.CpuUsage.TotalTime;
        var scores = NabRun.Scores(corpus, entry);
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        progress.WriteLine($"{entry.Name}: {seconds:F1} s");
        var results = scorer.Score(scores);
        return [entry.Name, .. results.Select(r => (object?)r.Score), results[0].WindowsFound, results[0].FalseRows, Math.Round(seconds, 1)];
    }
}
