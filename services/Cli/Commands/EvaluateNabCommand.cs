using System.CommandLine;
using System.Diagnostics;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate nab</c>: the Numenta Anomaly Benchmark v1.1.</summary>
internal static class EvaluateNabCommand
{
    public static Command Create(TextWriter output)
    {
        var (data, detector, format) = (CommonOptions.Data("folder laid out as NAB: data/, labels/, config/"), CommonOptions.Detector(), CommonOptions.Output());
        var only = new Option<string[]>("--only") { Description = "parts of file names, such as realAWSCloudwatch or rds_cpu; default all", AllowMultipleArgumentsPerToken = true };
        var command = new Command("nab", "Numenta Anomaly Benchmark v1.1: three profiles, one threshold for all files, strictly online.") { data, detector, only, format };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(detector);
            var corpus = NabCorpus.Load(parsed.GetRequiredValue(data)).Only(parsed.GetValue(only) ?? []);
            var clock = Stopwatch.StartNew();
            var scores = NabRun.Scores(corpus, DetectorCatalog.Get(name));
            var seconds = clock.Elapsed.TotalSeconds;
            output.Write(Describe(name, corpus, new NabScorer(corpus).Score(scores), scores, seconds).Without(corpus.LeftOut), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
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
