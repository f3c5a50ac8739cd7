using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Detectors;

namespace Tidewatch.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<ResultFormat> Output(ResultFormat byDefault = ResultFormat.Table) => new("--output")
    {
        Description = "table for people, json or csv for programs",
        DefaultValueFactory = _ => byDefault,
    };

    public static Option<string> Data(string description) => new("--data") { Description = description, Required = true };

    public static Option<string> Detector()
    {
        var option = new Option<string>("--detector")
        {
            Description = $"a detector of the catalogue; default {SurpriseEnsembleDetector.Name}",
            DefaultValueFactory = _ => SurpriseEnsembleDetector.Name,
        };
        option.AcceptOnlyFromAmong([.. DetectorCatalog.All.Select(e => e.Name)]);
        return option;
    }
}
