using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Profiles;
using Tidewatch.Evaluation.Protocols;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate generator</c>: named profiles on the labelled synthetic domains, judged by event.</summary>
internal static class EvaluateGeneratorCommand
{
    private const int LearnDays = 14;
    private const int JudgeDays = 42;

    public static Command Create(TextWriter output)
    {
        var domain = DomainOption.Create();
        var level = new Option<SyntheticLevel>("--level") { Description = "realistic or hard", DefaultValueFactory = _ => SyntheticLevel.Realistic };
        var profile = new Option<string?>("--profile") { Description = "a named profile; default the domain's own" };
        profile.AcceptOnlyFromAmong([.. ProfileCatalog.All.Select(p => p.Name)]);
        var seed = new Option<ulong>("--seed") { Description = "seed of the generator", DefaultValueFactory = _ => 1 };
        var days = new Option<int>("--days") { Description = "days judged after the 14 that are learned, 1 to 1,000", DefaultValueFactory = _ => JudgeDays };
        var format = CommonOptions.Output();
        var command = new Command("generator", "Synthetic domains, strictly online: event-wise precision and recall, false-positive rate.") { domain, level, profile, seed, days, format };
        command.SetAction(parsed =>
        {
            var domains = parsed.Chosen(domain);
            output.Write(Run(domains, parsed.GetValue(level), parsed.GetValue(profile), parsed.GetValue(seed), Math.Clamp(parsed.GetValue(days), 1, 1_000)), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(IReadOnlyList<SyntheticDomain> domains, SyntheticLevel level, string? profile, ulong seed, int days)
    {
        var (totals, series, missed) = (new List<object?[]>(), new List<object?[]>(), new List<object?[]>());
        foreach (var domain in domains)
        {
            var named = ProfileCatalog.Get(profile ?? domain.Name);
            var counts = GeneratorRun.Of(domain, level, seed, named.Build(), LearnDays * domain.SamplesPerDay, days * domain.SamplesPerDay);
            var total = counts.Aggregate((a, b) => a + b);
            totals.Add([domain.Name, named.Name, .. Figures(total)]);
            series.AddRange(counts.Select(c => (object?[])[c.Series, .. Figures(c)]));
            missed.AddRange(total.Missed.CountBy(k => k).Select(k => (object?[])[domain.Name, k.Key, k.Value]));
        }

        string[] figures = ["precision", "recall", "false_positive_rate", "alarms", "false_alarms", "anomalies", "found"];
        return new Result(
            [("level", level.ToString().ToLowerInvariant()), ("seed", seed), ("days_learned", LearnDays), ("days_judged", days)],
            new ResultTable("domains", ["domain", "profile", .. figures], totals),
            new ResultTable("series", ["series", .. figures], series),
            new ResultTable("missed", ["domain", "kind", "count"], missed));
    }

    private static object?[] Figures(EventCounts counts) => [counts.Precision, counts.Recall, counts.FalsePositiveRate, counts.Alarms, counts.FalseAlarms, counts.Anomalies, counts.Found];
}
