using System.CommandLine;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Cli.Reports;
using Tidewatch.Detection;
using Tidewatch.Detection.Detectors;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch report</c>: one HTML page about a series, without network; the pictures also as PNG and SVG.</summary>
internal static class ReportCommand
{
    public static Command Create(TextWriter output, TextWriter errors, ProgressBars bars)
    {
        var (file, columns, windows, detectors) = (CommonOptions.File(), new SeriesColumns.Arguments(), SeriesFile.Windows(), CommonOptions.Detectors());
        var detector = CommonOptions.SeriesDetector();
        var page = new Option<string>("--out") { Description = "the page to write; default report.html", DefaultValueFactory = _ => "report.html" };
        var pictures = new Option<string?>("--pictures") { Description = "folder for the pictures as PNG and SVG" };
        var format = CommonOptions.Output();
        var command = new Command("report", "Writes a page about a series: its anomalies, the score, rates where it is labelled, and a comparison of detectors.") { file, windows, detector, detectors, page, pictures, format };
        columns.AddTo(command);
        command.SetAction(parsed =>
        {
            var series = SeriesFile.Read(parsed.GetRequiredValue(file), columns, parsed, parsed.GetValue(windows), bars);
            errors.Warn(series.Warnings);
            var name = CommonOptions.DetectorFor(parsed.GetValue(detector), series.Dimension);
            var entries = CompareCommand.Chosen(parsed.GetValue(detectors) ?? [], series.Dimension).Union(CompareCommand.Chosen([name], series.Dimension)).ToArray();
            var comparison = Comparison.Of(series, entries, bars);
            var report = new HtmlReport(comparison, comparison.Runs.Single(r => string.Equals(r.Detector, name, StringComparison.Ordinal)), $"tidewatch {string.Join(' ', parsed.Tokens.Select(t => t.Value))}");
            var written = Write(report, parsed.GetRequiredValue(page), parsed.GetValue(pictures));
            output.Write(new Result([("page", written[0]), ("detectors", entries.Length), ("rows", series.Rows)], new ResultTable("files", ["file"], [.. written.Select(w => (object?[])[w])])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }

    private static List<string> Write(HtmlReport report, string page, string? pictures)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
            File.WriteAllText(page, report.Html());
            var written = new List<string> { page };
            foreach (var picture in pictures is null ? [] : report.Pictures())
            {
                var path = Path.Combine(Directory.CreateDirectory(pictures!).FullName, picture.Name);
                File.WriteAllText(path + ".svg", picture.Svg());
                File.WriteAllBytes(path + ".png", picture.Png());
                written.AddRange([path + ".svg", path + ".png"]);
            }

            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(page, 0, null, e.Message);
        }
    }
}
