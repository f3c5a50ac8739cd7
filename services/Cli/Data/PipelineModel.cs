using System.Globalization;
using Tidewatch.Cli.Commands;
using Tidewatch.Detection;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.Profiles;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>A profile's whole pipeline, learned from a file and opened again.</summary>
internal static class PipelineModel
{
    /// <summary>Learns every row, as the detector service would have. Throws <see cref="DataFormatException"/> where the file does not warm up one detector.</summary>
    /// <param name="rows">The history.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="settings">Settings of section <c>Detector</c> by their path.</param>
    /// <param name="series">Id of the series: finds its profile and seeds every random choice.</param>
    public static SavedModel Learn(IRowReader rows, SeriesColumns columns, IReadOnlyDictionary<string, string?> settings, string series)
    {
        var rules = EngineArguments.RulesOf(settings);
        var pipeline = rules.NewPipeline(series, columns.Values.Count);
        var judge = new PipelineJudge(pipeline, columns.Names);
        var count = new SeriesScan(_ => judge).Run(rows, columns, _ => { });
        var options = new PipelineOptions
        {
            Series = series,
            Settings = settings.Where(s => IsJudgement(s.Key)).ToDictionary(StringComparer.Ordinal),
            Detectors = [.. JudgesOf(pipeline.Profile, pipeline.Inputs).Select(d => d.Entry.Name)],
            Rules = HashOf(rules),
        };
        return judge.IsWarm
            ? SavedModel.Of(options, columns.Names, EngineRules.SeedOf(series), count, pipeline)
            : throw new DataFormatException(rows.File, 0, null, $"{count} rows do not warm up profile '{pipeline.Profile.Name}': give more rows, or a shorter warm-up with --set WarmUp=N");
    }

    /// <summary>The pipeline with all it learned. Throws <see cref="ModelFormatException"/> for settings that are none, that a release of other defaults made, or whose state it is not.</summary>
    public static DetectionPipeline Open(SavedModel saved)
    {
        var options = (PipelineOptions)saved.Options;
        var rules = RulesOf(options);
        var profile = rules.DetectionOf(options.Series);
        if (!string.Equals(HashOf(rules), options.Rules, StringComparison.Ordinal) || !string.Equals(profile.Name, saved.Detector, StringComparison.Ordinal))
        {
            throw new ModelFormatException($"this release judges by profile '{saved.Detector}' otherwise than the one that trained the model: train it again");
        }

        var inputs = saved.Columns.Count;
        ModelFile.CheckSize(inputs == 1 ? profile.Features.Count : inputs, JudgesOf(profile, inputs).Select(d => d.Options));
        var pipeline = rules.NewPipeline(options.Series, inputs);
        saved.OpenInto(pipeline);
        return pipeline;
    }

    private static EngineRules RulesOf(PipelineOptions options)
    {
        try
        {
            return EngineArguments.RulesOf(options.Settings);
        }
        catch (UsageException e)
        {
            throw new ModelFormatException($"its settings are none that a detector starts with: {e.Message}", e);
        }
    }

    private static IEnumerable<(DetectorEntry Entry, DetectorOptions Options)> JudgesOf(DetectionProfile profile, int inputs) =>
        (inputs == 1 ? profile.Detectors : profile.FeatureDetectors ?? profile.Detectors).Concat(profile.Spares);

    /// <summary>Whether a setting decides how a series is judged; others, such as limits of the service, stay out of the model.</summary>
    private static bool IsJudgement(string path) =>
        path.Split(':')[0] is var name && typeof(JudgementSettings).GetProperties().Select(p => p.Name).Append(nameof(EngineSettings.Profiles)).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string HashOf(EngineRules rules) => rules.ConfigHash.ToString("x16", CultureInfo.InvariantCulture);
}
