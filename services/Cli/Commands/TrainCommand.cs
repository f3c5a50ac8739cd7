using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.State;
using Tidewatch.Evaluation.Data;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch train</c>: what a detector learns of a file, as a model file.</summary>
internal static class TrainCommand
{
    private const int MostRows = 10_000;

    /// <summary>A batch model's score is the share of fitted rows that score less: one in a hundred of them is beyond.</summary>
    private const double BatchThreshold = 0.99;

    public static Command Create(TextWriter output, TextWriter errors, ProgressBars bars)
    {
        var (file, columns) = (CommonOptions.File(), new SeriesColumns.Arguments());
        var detector = CommonOptions.AnyDetector();
        var model = new Option<string>("--model") { Description = $"the model file to write, such as pump{ModelStore.Ending}", Required = true };
        var batch = new Option<bool>("--batch") { Description = "rows without time: a batch detector, fitted to all rows together; without it that is so only for names that no stream detector has" };
        var options = CommonOptions.Options();
        var seed = new Option<ulong>("--seed") { Description = "seed of every random choice; default 1", DefaultValueFactory = _ => 1 };
        var most = new Option<int>("--most-rows") { Description = $"rows a batch detector is fitted to at most, drawn by the seed; default {MostRows}", DefaultValueFactory = _ => MostRows };
        var (threshold, format) = (CommonOptions.Threshold(), CommonOptions.Output());
        threshold.Description = string.Create(CultureInfo.InvariantCulture, $"{threshold.Description}, of a batch detector, whose score is the share of fitted rows that score less, {BatchThreshold}");
        var (registry, experiment, profile) = (RegistryOption.Optional(), RegistryOption.Experiment(), new ProfileArguments());
        var command = new Command("train", "Learns a file, by a detector or by a whole profile, and writes what was learned as a model file.") { file, detector, model, batch, options, seed, most, threshold, registry, experiment, format };
        columns.AddTo(command);
        profile.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var started = TimeProvider.System.GetUtcNow();
            if (profile.AreGiven(parsed))
            {
                ProfileArguments.Refuse(parsed, detector, batch, options, seed, most, threshold);
            }

            var (trained, warnings) = DataFile.Read(parsed.GetRequiredValue(file), bars, rows =>
            {
                var chosen = columns.Find(parsed, rows);
                var name = CommonOptions.DetectorFor(parsed.GetValue(detector), chosen.Values.Count);
                var asBatch = parsed.GetValue(batch) || !DetectorCatalog.Known.Any(e => string.Equals(e.Name, name, StringComparison.Ordinal));
                var model = profile.AreGiven(parsed) ? PipelineModel.Learn(rows, chosen, profile.Settings(parsed), profile.SeriesOf(parsed, rows.File))
                    : asBatch ? Fit(rows, chosen, BatchCatalog.Get(name), parsed.GetRequiredValue(options), parsed.GetValue(seed), parsed.GetValue(most))
                    : Learn(rows, chosen, CommonOptions.EntryFor(name, chosen.Values.Count), parsed.GetRequiredValue(options), parsed.GetValue(seed));
                return (model with { LastMs = chosen.LastMs }, chosen.WarningsWithRows(rows));
            });
            errors.Warn(warnings);
            trained = trained.Kind == ModelKind.Profile ? trained : trained with { Threshold = trained.Kind == ModelKind.Batch && parsed.GetResult(threshold) is not { Implicit: false } ? BatchThreshold : parsed.GetValue(threshold) };
            ModelStore.Save(parsed.GetRequiredValue(model), trained);
            await RegistryOption.RecordAsync(parsed.GetValue(registry), RunOf(trained, parsed.GetRequiredValue(file), parsed.GetRequiredValue(model), parsed.GetRequiredValue(experiment), started), cancellationToken);
            output.Write(ModelCommand.Describe(parsed.GetRequiredValue(model), trained), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static SavedModel Learn(IRowReader rows, SeriesColumns columns, DetectorEntry entry, string options, ulong seed)
    {
        var parsed = CommonOptions.OptionsOf(options, entry.OptionsType);
        var detector = entry.Create(parsed, new SeriesContext(columns.Values.Count, seed));
        var (values, count) = (new double[columns.Values.Count], 0L);
        while (rows.Next())
        {
            if (columns.Read(rows, values))
            {
                detector.Learn(new Sample(values, columns.TimeMs(rows)));
                count++;
            }
        }

        return detector.IsWarm
            ? SavedModel.Of(entry, parsed, columns.Names, seed, count, detector)
            : throw new DataFormatException(rows.File, 0, null, $"{count} rows do not warm up '{entry.Name}': give more rows, or a shorter warm-up with --options");
    }

    private static SavedModel Fit(IRowReader rows, SeriesColumns columns, BatchEntry entry, string options, ulong seed, int most)
    {
        var (parsed, random) = (CommonOptions.OptionsOf(options, entry.OptionsType), new SeededRandom(seed));
        var (kept, values, count) = (new List<double>(), new double[columns.Values.Count], 0L);
        while (rows.Next())
        {
            if (!columns.Read(rows, values))
            {
                continue;
            }

            if (count++ < most)
            {
                kept.AddRange(values);
            }
            else if ((long)(random.NextDouble() * count) is var place && place < most)
            {
                values.CopyTo(CollectionsMarshal.AsSpan(kept).Slice((int)place * values.Length, values.Length));
            }
        }

        return kept.Count > 0
            ? SavedModel.Of(entry, parsed, columns.Names, seed, kept.ToArray())
            : throw new DataFormatException(rows.File, 0, null, "no rows");
    }

    private static TrackedRun RunOf(SavedModel model, string file, string path, string experiment, DateTimeOffset started)
    {
        var (startedMs, endedMs) = (started.ToUnixTimeMilliseconds(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["detector"] = model.Detector, ["kind"] = model.Kind.ToString().ToLowerInvariant(), ["options"] = OptionsJson.Write(model.Options), ["columns"] = string.Join(' ', model.Columns),
            ["seed"] = $"{model.Seed}", ["threshold"] = $"{model.Threshold}", ["file"] = file,
        };
        return new TrackedRun
        {
            Id = TrackedRun.IdOf(experiment, model.Detector, startedMs, parameters),
            Experiment = experiment,
            Name = $"train {model.Detector}",
            StartedMs = startedMs,
            EndedMs = endedMs,
            Artifact = Path.GetFullPath(path),
            Parameters = parameters,
            Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["rows"] = model.Rows, ["state_bytes"] = model.State.Length, ["seconds"] = (endedMs - startedMs) / 1000.0 },
        };
    }
}
