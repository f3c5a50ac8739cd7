using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
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

    public static Argument<string> File() => new("file") { Description = DataFile.Formats };

    public static Option<double> Threshold()
    {
        var option = new Option<double>("--threshold") { Description = "score from which a row is anomalous, 0.01 to 1; default 0.5", DefaultValueFactory = _ => 0.5 };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (>= 0.01 and <= 1) and var value)
            {
                r.AddError($"--threshold {value} lies outside 0.01 to 1");
            }
        });
        return option;
    }

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

    /// <summary>A stream detector or, where none has the name, a batch detector.</summary>
    public static Option<string> AnyDetector()
    {
        var option = new Option<string>("--detector")
        {
            Description = $"a stream or batch detector of the catalogue; default {SurpriseEnsembleDetector.Name}",
            DefaultValueFactory = _ => SurpriseEnsembleDetector.Name,
        };
        option.AcceptOnlyFromAmong([.. DetectorCatalog.All.Select(e => e.Name).Union(BatchCatalog.All.Select(e => e.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        return option;
    }

    /// <summary>Several stream detectors.</summary>
    public static Option<string[]> Detectors()
    {
        var option = new Option<string[]>("--detectors") { Description = "stream detectors, several after one another; default those whose cost a row is small", AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. DetectorCatalog.All.Select(e => e.Name)]);
        return option;
    }
}
