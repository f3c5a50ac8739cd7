using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Synthetic;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate cohort</c>: what a new series gains by beginning with what another of its kind has learned.</summary>
internal static class EvaluateCohortCommand
{
    private const int LearnDays = 14;

    public static Command Create(TextWriter output)
    {
        var domain = DomainOption.Create();
        var level = new Option<SyntheticLevel>("--level") { Description = "realistic or hard", DefaultValueFactory = _ => SyntheticLevel.Realistic };
        var seeds = new Option<int>("--seeds") { Description = "seeds of the generator, from 1 on, taken together, 1 to 100; default 5", DefaultValueFactory = _ => 5 };
        var first = new Option<int[]>("--first") { Description = "first observations of each new series that are judged, several after one another; default 50, 200 and 1000", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [50, 200, 1_000] };
        var format = CommonOptions.Output();
        var command = new Command("cohort", "Synthetic domains: half of the entities join when the others have learned for 14 days; alarms and anomalies found in their first observations, without and with Cohort.") { domain, level, seeds, first, format };
        command.SetAction(parsed =>
        {
            var domains = parsed.Chosen(domain);
            int[] firsts = [.. parsed.GetRequiredValue(first).Select(n => n is >= 1 and <= 100_000 ? n : throw new UsageException($"--first {n} lies outside 1 to 100000")).Distinct().Order()];
            output.Write(Run(domains, parsed.GetValue(level), Math.Clamp(parsed.GetValue(seeds), 1, 100), firsts), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(IReadOnlyList<SyntheticDomain> domains, SyntheticLevel level, int seeds, int[] firsts)
    {
        var rows = new List<object?[]>();
        foreach (var domain in domains)
        {
            var byRule = Enum.GetValues<CohortRule>().Select(rule => (Rule: rule, Counts: Enumerable.Range(1, seeds)
                .Select(seed => CohortRun.Of(domain, level, (ulong)seed, rule, LearnDays * domain.SamplesPerDay, firsts))
                .Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]))).ToList();
            for (var i = 0; i < firsts.Length; i++)
            {
                rows.AddRange(byRule.Select(r => (object?[])[domain.Name, firsts[i], r.Rule.ToString(), r.Counts[i].Anomalies, r.Counts[i].Found, r.Counts[i].FalseAlarms, r.Counts[i].FalsePositiveRate]));
            }
        }

        return new Result(
            [("level", level.ToString().ToLowerInvariant()), ("seeds", seeds), ("days_learned", LearnDays)],
            new ResultTable("new_series", ["domain", "first", "cohort", "anomalies", "found", "false_alarms", "false_positive_rate"], rows));
    }
}
