using System.CommandLine;
using System.Diagnostics;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Models;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate nab</c>: the Numenta Anomaly Benchmark v1.1.</summary>
internal static class EvaluateNabCommand
{
    private const string Every = "all";

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var (data, detector, format) = (CommonOptions.Data("folder laid out as NAB: data/, labels/, config/"), CommonOptions.Detector(), CommonOptions.Output());
        var only = new Option<string[]>("--only") { Description = "parts of file names, such as realAWSCloudwatch or rds_cpu; default all", AllowMultipleArgumentsPerToken = true };
        var folds = new Option<int>("--folds") { Description = "chooses the threshold and the rest on all folds but one and judges that one, 2 to the number of files; default 0, both as they are for all files" };
        var several = new Option<string[]>("--detectors") { Description = $"several detectors after one another, each judged by itself, best first, in place of the files; '{Every}' for all that need no model file", AllowMultipleArgumentsPerToken = true };
        several.AcceptOnlyFromAmong([Every, .. DetectorCatalog.Known.Select(e => e.Name)]);
        var command = new Command("nab", "Numenta Anomaly Benchmark v1.1: three profiles, one threshold for all files, strictly online.") { data, detector, several, only, folds, format };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(detector);
            var corpus = NabCorpus.Load(parsed.GetRequiredValue(data)).Only(parsed.GetValue(only) ?? []);
            errors.Warn(corpus.Warnings);
            if (parsed.GetValue(several) is { Length: > 0 } names)
            {
                if (new Option[] { detector, folds }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } both)
                {
                    throw new UsageException($"{both.Name} judges one detector and does not go with --detectors: leave one of them out");
                }

                output.Write(NabComparison.Of(corpus, Chosen(names), errors).Without(corpus.LeftOut), parsed.GetValue(format));
                return CommandTree.Done;
            }

            if (parsed.GetValue(folds) is not 0 and var count)
            {
                output.Write(Folds(name, corpus, count).Without(corpus.LeftOut), parsed.GetValue(format));
                return CommandTree.Done;
            }

            var clock = Stopwatch.StartNew();
            var scores = NabRun.Scores(corpus, DetectorCatalog.Get(name));
            var seconds = clock.Elapsed.TotalSeconds;
            output.Write(Describe(name, corpus, new NabScorer(corpus).Score(scores), scores, seconds).Without(corpus.LeftOut), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static DetectorEntry[] Chosen(string[] names) => names.Contains(Every)
        ? [.. DetectorCatalog.Known.Where(e => e.DetectorType != typeof(OnnxDetector))]
        : [.. names.Distinct(StringComparer.Ordinal).Select(DetectorCatalog.Get)];

    private static Result Folds(string detector, NabCorpus corpus, int folds)
    {
        if (folds < 2 || folds > corpus.Series.Count)
        {
            throw new UsageException($"--folds {folds}: there are {corpus.Series.Count} files, so 2 to {corpus.Series.Count} folds can be made");
        }

        var entry = DetectorCatalog.Get(detector);
        var judged = NabFolds.Of(corpus, [.. corpus.Series.Select(s => NabRun.Raw(s, entry))], folds);
        return new Result(
            [("detector", detector), ("fold_count", folds), .. corpus.Profiles.Select(p => (p.Name, (object?)NabFolds.HeldOut(corpus, p, judged))), ("files_judged", corpus.Series.Count), ("windows", corpus.Series.Sum(s => s.Windows.Count))],
            new ResultTable(
                "folds",
                ["profile", "fold", "files", "windows", "rest_share", "threshold", "chosen_on_others", "held_out", "windows_found", "false_rows"],
                [.. judged.Select(f => (object?[])[f.Profile, f.Fold, f.HeldOut.Files.Count, f.HeldOut.Files.Sum(x => x.Windows), f.RestShare, f.HeldOut.Threshold, f.Chosen, f.HeldOut.Score, f.HeldOut.WindowsFound, f.HeldOut.FalseRows])]));
    }

    private static Result Describe(string detector, NabCorpus corpus, IReadOnlyList<NabResult> results, double[][] scores, double seconds)
    {
        var rows = corpus.Series.Sum(s => (long)s.Values.Length);
        var first = results[0];
        var alarms = new NabScorer(corpus).ScoreAt(corpus.Profiles[0], NabRun.Alarm, scores);
        return new Result(
            [
                ("detector", detector),
                .. results.Select(r => (r.Profile, (object?)r.Score)),
                ("default_threshold_alarms", corpus.Series.Select((s, i) => scores[i].AsSpan(s.Probation).ToArray().Count(x => x >= NabRun.Alarm)).Sum()),
                ("default_threshold_windows_found", alarms.WindowsFound),
                ("default_threshold_false_alarms", alarms.FalseRows),
                ("files_judged", corpus.Series.Count),
                ("windows", corpus.Series.Sum(s => s.Windows.Count)),
                ("seconds", seconds),
                ("rows", rows),
                ("rows_per_second", rows / seconds),
            ],
            new ResultTable("files", ["file", "windows", "windows_found", "false_rows", .. results.Select(r => r.Profile)], [.. first.Files.Select((f, i) => (object?[])[f.File, f.Windows, f.WindowsFound, f.FalseRows, .. results.Select(r => (object?)r.Files[i].Points)])]),
            new ResultTable("profiles", ["profile", "score", "threshold", "windows_found", "false_rows"], [.. results.Select(r => (object?[])[r.Profile, r.Score, r.Threshold, r.WindowsFound, r.FalseRows])]));
    }
}
