using System.CommandLine;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Datasets;
using Tidewatch.Cli.Output;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch dataset list</c>, <c>dataset stats</c> and <c>dataset fetch</c>.</summary>
internal static class DatasetCommand
{
    public static Command Create(TextWriter output, TextWriter errors, ProgressBars bars) => new("dataset", "Labelled data: what is in a folder, what it is like, and where to get it.") { List(output), Stats(output, errors, bars), Fetch(output, bars) };

    private static Command List(TextWriter output)
    {
        var (folder, format) = (new Argument<string>("folder") { Description = "folder with data sets", DefaultValueFactory = _ => "." }, CommonOptions.Output());
        var command = new Command("list", "Lists the sets in a folder whose layout is known, and the command that judges detectors by each.") { folder, format };
        command.SetAction(parsed =>
        {
            var sets = DatasetLayout.Find(parsed.GetRequiredValue(folder));
            var rows = sets.Select(s => (object?[])[Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(s.Folder))), s.Layout, s.Files.Count, s.Files.Sum(f => new FileInfo(f).Length), s.Command]);
            output.Write(new Result([("sets", sets.Count)], new ResultTable("sets_found", ["set", "layout", "files", "bytes", "command"], [.. rows])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static Command Stats(TextWriter output, TextWriter errors, ProgressBars bars)
    {
        var places = new Argument<string[]>("files") { Description = "data files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var (columns, format) = (new SeriesColumns.Arguments(), CommonOptions.Output());
        var command = new Command("stats", "Counts rows, span, interval, anomalies and the moments of each column; every line is read, so that a bad one is found.") { places, format };
        columns.AddTo(command);
        command.SetAction(parsed =>
        {
            var (files, moments) = (new List<object?[]>(), new List<object?[]>());
            foreach (var file in parsed.GetRequiredValue(places).SelectMany(p => Directory.Exists(p) ? DatasetLayout.FilesIn(p) : [p]))
            {
                var stats = DataFile.Read(file, bars, rows => DatasetStats.Of(rows, columns.Find(parsed, rows)));
                errors.Warn(stats.Columns.Warnings);
                files.Add(Describe(file, stats));
                moments.AddRange(stats.Columns.Names.Zip(stats.Values, (n, v) => v.Count == 0 ? [Path.GetFileName(file), n, null, null, null, null, v.Missing] : (object?[])[Path.GetFileName(file), n, v.Lowest, v.Mean, v.Highest, v.Deviation, v.Missing]));
            }

            output.Write(
                new Result(
                    [("files", files.Count)],
                    new ResultTable("file_stats", ["file", "rows", "values", "from", "to", "interval_seconds", "regular_share", "backward", "anomalies", "anomaly_share", "segments"], files),
                    new ResultTable("column_stats", ["file", "column", "lowest", "mean", "highest", "deviation", "missing"], moments)),
                parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static object?[] Describe(string file, DatasetStats stats)
    {
        var (hasTime, isLabelled) = (stats.Columns.Time is not null && stats.Rows > 0, stats.Columns.Label is not null && stats.Rows > 0);
        return
        [
            Path.GetFileName(file), stats.Rows, stats.Values.Length, hasTime ? Time(stats.FirstMs) : null, hasTime ? Time(stats.LastMs) : null, stats.IntervalSeconds, stats.Regular, hasTime ? stats.Backward : null,
            isLabelled ? stats.Anomalies : null, isLabelled ? (double)stats.Anomalies / stats.Rows : null, isLabelled ? stats.Segments : null,
        ];
    }

    private static Command Fetch(TextWriter output, ProgressBars bars)
    {
        var source = new Argument<string>("source") { Description = $"{string.Join(", ", DatasetFetch.Known.Keys)}, a URL, or the path of a file or archive" };
        var into = new Option<string>("--into") { Description = "folder to put it in", Required = true };
        var sha256 = new Option<string?>("--sha256") { Description = "what the download's checksum must be; otherwise nothing is kept" };
        var format = CommonOptions.Output();
        var command = new Command("fetch", "Brings a set into a folder; a zip archive is unpacked.") { source, into, sha256, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = new HttpClient();
            var (from, folder) = (parsed.GetRequiredValue(source), parsed.GetRequiredValue(into));
            var (found, files) = await bars.RunAsync(from, tell => new DatasetFetch(http).FetchAsync(from, folder, parsed.GetValue(sha256), tell, cancellationToken));
            output.Write(new Result([("source", from), ("folder", folder), ("sha256", found), ("files", files.Count), ("bytes", files.Sum(f => new FileInfo(f).Length))]), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static string Time(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
