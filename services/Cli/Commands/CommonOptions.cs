using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Cli.Reports;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Models;

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

    public static Option<double> Threshold() => new Option<double>("--threshold") { Description = "score from which a row is anomalous, 0.01 to 1; default 0.5", DefaultValueFactory = _ => 0.5 }.Within(0.01, 1);

    /// <summary>The option, which takes nothing outside <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<double> Within(this Option<double> option, double least, double most)
    {
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is var value && !(value >= least && value <= most))
            {
                r.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {value} lies outside {least} to {most}"));
            }
        });
        return option;
    }

    /// <summary>Options of the detector; read them with <see cref="OptionsOf"/>.</summary>
    public static Option<string> Options() => new("--options")
    {
        Description = "options of the detector as JSON, such as {\"window\": 200}; docs/detectors.md has them all",
        DefaultValueFactory = _ => "{}",
    };

    /// <summary>Throws <see cref="UsageException"/> that names everything wrong with them.</summary>
    public static DetectorOptions OptionsOf(string text, Type type)
    {
        try
        {
            return OptionsJson.Read(text, type);
        }
        catch (ValidationException e)
        {
            throw new UsageException(e.Message);
        }
    }

    public static Option<string> Data(string description) => new("--data") { Description = description, Required = true };

    public static Option<string> Detector()
    {
        var option = new Option<string>("--detector")
        {
            Description = $"a detector of the catalogue; default {SurpriseEnsembleDetector.Name}",
            DefaultValueFactory = _ => SurpriseEnsembleDetector.Name,
        };
        option.AcceptOnlyFromAmong([.. DetectorCatalog.Known.Select(e => e.Name)]);
        return option;
    }

    /// <summary>A stream detector; read it with <see cref="DetectorFor"/>.</summary>
    public static Option<string?> SeriesDetector() => OneOf(DetectorCatalog.Known.Select(e => e.Name), "a detector of the catalogue");

    /// <summary>A stream detector or, where none has the name, a batch detector; read it with <see cref="DetectorFor"/>.</summary>
    public static Option<string?> AnyDetector() => OneOf(DetectorCatalog.Known.Select(e => e.Name).Union(BatchCatalog.Known.Select(e => e.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal), "a stream or batch detector of the catalogue");

    /// <summary>The name that was given, or the default for <paramref name="dimension"/> values.</summary>
    public static string DetectorFor(string? given, int dimension) => given ?? (dimension == 1 ? SurpriseEnsembleDetector.Name : IsolationForestDetector.Name);

    /// <summary>The stream detector named <paramref name="name"/>. Throws <see cref="UsageException"/> for one that judges a single value where there are several.</summary>
    public static DetectorEntry EntryFor(string name, int dimension)
    {
        var entry = DetectorCatalog.Get(name);
        return Comparison.Takes(entry, dimension)
            ? entry
            : throw new UsageException($"'{name}' takes one value, {dimension} are given: choose one with --value");
    }

    private static Option<string?> OneOf(IEnumerable<string> names, string what)
    {
        var option = new Option<string?>("--detector") { Description = $"{what}; default {SurpriseEnsembleDetector.Name}, of several values {IsolationForestDetector.Name}" };
        option.AcceptOnlyFromAmong([.. names]);
        return option;
    }

    /// <summary>Several stream detectors.</summary>
    public static Option<string[]> Detectors()
    {
        var option = new Option<string[]>("--detectors") { Description = "stream detectors, several after one another; default those whose cost a row is small", AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. DetectorCatalog.Known.Select(e => e.Name)]);
        return option;
    }
}
