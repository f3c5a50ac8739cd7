using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate feedback</c>: what answered alerts bring, by what they move.</summary>
internal static class EvaluateFeedbackCommand
{
    private static readonly EngineSettings Ensemble = new() { Detectors = ["z-score", "ewma", "hour-of-day-residual", "calendar-residual", "left-discord"], Ensemble = new() { Name = "weighted" }, Calibrate = true };

    public static Command Create(TextWriter output)
    {
        var domain = DomainOption.Create();
        var level = new Option<SyntheticLevel>("--level") { Description = "realistic or hard", DefaultValueFactory = _ => SyntheticLevel.Hard };
        var seeds = Number("--seeds", "seeds of the generator, from 1 on, taken together", 1, 100, 3);
        var corrections = Number("--corrections", "alerts of each series that are answered, the first ones", 0, 10_000, 20);
        var days = Number("--days", "days that are answered, and then as many that are judged", 1, 1_000, 28);
        var rate = new Option<double>("--rate") { Description = "how fast corrections move weights, 0.01 to 10; default 0.75", DefaultValueFactory = _ => 0.75 }.Within(0.01, 10);
        var threshold = new Option<double[]>("--threshold") { Description = "thresholds at the beginning, several after one another, 0.01 to 1; default 0.3 and 0.5", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0.3, 0.5] };
        threshold.Validators.Add(r => Check(r.GetValueOrDefault<double[]>()?.All(t => t is >= 0.01 and <= 1) ?? true, r, "0.01 to 1"));
        var format = CommonOptions.Output();
        var command = new Command("feedback", $"Synthetic domains, judged by a weighted mean of {string.Join(", ", Ensemble.Detectors!)}: the first alerts of each series are answered by the truth; what is found after that, by what the answers move.") { domain, level, seeds, corrections, days, rate, threshold, format };
        command.SetAction(parsed =>
        {
            var domains = parsed.Chosen(domain);
            var (hard, count, answers, span) = (parsed.GetValue(level), parsed.GetValue(seeds), parsed.GetValue(corrections), parsed.GetValue(days));
            var ways = parsed.GetRequiredValue(threshold).SelectMany(t => Moved(parsed.GetValue(rate), t)).ToList();
            var rows = domains.SelectMany(d => ways.Select(way => Row(d, hard, count, way, answers, span)));
            output.Write(
                new Result(
                    [("level", hard.ToString().ToLowerInvariant()), ("seeds", count), ("corrections", answers), ("days", span), ("rate", parsed.GetValue(rate))],
                    new ResultTable("after_feedback", ["domain", "threshold", "moves", "alarms", "false_alarms", "precision", "anomalies", "found", "recall", "f1"], [.. rows])),
                parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    /// <summary>What answers move; the learn gate opens after a false alarm in all but the first.</summary>
    private static IEnumerable<(string Moves, EngineSettings Settings, bool IsAnswered)> Moved(double rate, double threshold)
    {
        var judges = Ensemble with { Threshold = threshold };
        var weighs = judges with { Ensemble = judges.Ensemble! with { FeedbackRate = rate } };
        return
        [
            ("no answers", judges, false),
            ("gate", judges, true),
            ("threshold", judges with { Rule = CutRule.Feedback }, true),
            ("weights", weighs, true),
            ("threshold, weights", weighs with { Rule = CutRule.Feedback }, true),
        ];
    }

    private static object?[] Row(SyntheticDomain domain, SyntheticLevel level, int seeds, (string Moves, EngineSettings Settings, bool IsAnswered) way, int corrections, int days)
    {
        var counts = Enumerable.Range(1, seeds).Select(seed => FeedbackRun.Of(domain, level, (ulong)seed, way.Settings, way.IsAnswered ? corrections : 0, days)).Aggregate((a, b) => a + b);
        return [domain.Name, way.Settings.Threshold, way.Moves, counts.Alarms, counts.FalseAlarms, counts.Precision, counts.Anomalies, counts.Found, counts.Recall, counts.F1];
    }

    private static Option<int> Number(string name, string meaning, int least, int most, int usual)
    {
        var option = new Option<int>(name) { Description = $"{meaning}, {least} to {most}; default {usual}", DefaultValueFactory = _ => usual };
        option.Validators.Add(r => Check(r.GetValueOrDefault<int>() >= least && r.GetValueOrDefault<int>() <= most, r, $"{least} to {most}"));
        return option;
    }

    private static void Check(bool isWithin, System.CommandLine.Parsing.OptionResult result, string range)
    {
        if (!isWithin)
        {
            result.AddError($"{result.Option.Name} {string.Join(' ', result.Tokens)} lies outside {range}");
        }
    }
}
