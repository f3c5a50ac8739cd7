using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Detection.Profiles;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Protocols;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch evaluate cloudwatch</c>: alerts of a profile on CloudWatch files, by window.</summary>
internal static class EvaluateCloudWatchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var (data, format) = (CommonOptions.Data("folder laid out as NAB"), CommonOptions.Output());
        var profile = new Option<string>("--profile") { Description = "a named profile", DefaultValueFactory = _ => "auto" };
        profile.AcceptOnlyFromAmong([.. ProfileCatalog.All.Select(p => p.Name)]);
        var only = new Option<string[]>("--only") { Description = "parts of file names; default the first five CloudWatch files", AllowMultipleArgumentsPerToken = true };
        var command = new Command("cloudwatch", "Alerts opened by a profile on CloudWatch files: all, false ones, and labelled windows found.") { data, profile, only, format };
        command.SetAction(parsed =>
        {
            var corpus = NabCorpus.Load(parsed.GetRequiredValue(data)).Only(parsed.GetValue(only) is { Length: > 0 } names ? names : [.. CloudWatch.Files]);
            errors.Warn(corpus.Warnings);
            output.Write(Run(corpus, parsed.GetRequiredValue(profile)), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Result Run(NabCorpus corpus, string profile)
    {
        var files = corpus.Series.Select(s => (s.Name, Windows: s.Windows.Count, Alerts: CloudWatch.Of(s, ProfileCatalog.Get(profile).Build()))).ToArray();
        return new Result(
            [
                ("profile", profile), ("windows", files.Sum(f => f.Windows)), ("windows_found", files.Sum(f => f.Alerts.Found)),
                ("alarms", files.Sum(f => f.Alerts.Alarms)), ("false_alarms", files.Sum(f => f.Alerts.False)),
            ],
            new ResultTable("files", ["file", "windows", "windows_found", "alarms", "false_alarms"], [.. files.Select(f => (object?[])[f.Name, f.Windows, f.Alerts.Found, f.Alerts.Alarms, f.Alerts.False])])).Without(corpus.LeftOut);
    }
}
