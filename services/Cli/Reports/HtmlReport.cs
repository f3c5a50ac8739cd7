using System.Globalization;
using System.Net;
using System.Text;
using Tidewatch.Cli.Reports.Charts;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports;

/// <summary>One page with everything in it: it needs no network and no script.</summary>
/// <param name="comparison">What is shown.</param>
/// <param name="shown">The run that the page is about.</param>
/// <param name="command">The command line that makes the page again.</param>
internal sealed class HtmlReport(Comparison comparison, SeriesRun shown, string command)
{
    private const int MostAnomalies = 25;
    private readonly StringBuilder _page = new();

    private LabelledSeries Series => comparison.Series;

    private RunFigures? Figures => comparison.Figures.FirstOrDefault(f => string.Equals(f.Detector, shown.Detector, StringComparison.Ordinal));

    /// <summary>The charts of the page in their order.</summary>
    public IReadOnlyList<Picture> Pictures() =>
    [
        SeriesChart.Of(Series, shown),
        .. comparison.Figures.Count == 0
            ? Array.Empty<Picture>()
            : [CurveCharts.Roc(comparison.Figures, shown.Detector), CurveCharts.PrecisionRecall(comparison.Figures, shown.Detector, Series.Labels![comparison.From..].Average(l => l ? 1.0 : 0)), ComparisonChart.Of(comparison.Figures, shown.Detector)],
        HeatMapChart.Of(Series, [.. comparison.Figures.Select(f => comparison.Runs.Single(r => string.Equals(r.Detector, f.Detector, StringComparison.Ordinal))).Union(comparison.Runs)]),
        ScatterMatrixChart.Of(Series, shown),
    ];

    public string Html()
    {
        var pictures = Pictures().ToDictionary(p => p.Name, StringComparer.Ordinal);
        Add($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Escaped(Series.Name)}: anomalies</title><style>{Style()}</style></head><body><main>");
        Add($"<header><h1>{Escaped(Series.Name)}</h1><p>{Series.Rows:N0} rows from {Time(Series.TimesMs[0])} to {Time(Series.TimesMs[^1])}, {Escaped(string.Join(", ", Series.Names))}; shown: {Escaped(shown.Detector)}</p></header>");
        Tiles();
        Section(pictures["series"]);
        if (comparison.Figures.Count > 0)
        {
            Add("<div class=\"pair\">");
            Section(pictures["roc"]);
            Section(pictures["precision-recall"]);
            Add("</div>");
            Section(pictures["comparison"], Table());
        }
        else
        {
            Add("<section class=\"note\"><h2>No rates</h2><p>The rows that are judged have not both kinds of label: ROC, precision and recall need them. Name the column with <code>--label</code> or the windows with <code>--windows</code>.</p></section>");
        }

        Section(pictures["heat-map"]);
        Section(pictures["scatter-matrix"]);
        Anomalies();
        Add($"<footer>Each row is scored by the rows before it, then learned; all detectors have their defaults and seed 1; judged from row {Math.Min(comparison.From + 1, Series.Rows):N0}, when all of them are warm. Rates are row by row, events are runs of labelled rows.<br><code>{Escaped(command)}</code></footer></main></body></html>");
        return _page.ToString();
    }

    private static string Style()
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Time(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    private void Add(string html) => _page.Append(html).Append('\n');

    private void Section(Picture picture, string more = "") => Add($"<section><h2>{Escaped(picture.Title)}</h2><p>{Escaped(picture.Caption)}</p>{picture.Html()}{more}</section>");

    private void Tiles()
    {
        Add("<div class=\"tiles\">");
        Tile($"{shown.Flags.Count(f => f):N0}", "anomalous rows");
        Tile($"{Segment.Of(shown.Flags).Count:N0}", "alarms");
        if (Figures is { } figures)
        {
            Tile($"{figures.Events.Found} of {figures.Events.Events}", "events found");
            Tile($"{figures.Events.FalseAlarms:N0}", "false alarms");
            Tile(Number(figures.Events.MeanDelay, "0.#"), "rows to the first flag");
            Tile(Number(figures.Ranking.RocAuc, "0.000"), "ROC area");
            Tile(Number(figures.Ranking.AveragePrecision, "0.000"), "average precision");
            Tile(Number(figures.Volume.Pr, "0.000"), "VUS-PR");
        }

        Add("</div>");
    }

    private void Tile(string value, string name) => Add($"<div class=\"tile\"><b>{value}</b><span>{name}</span></div>");

    private string Table()
    {
        (string Name, Func<RunFigures, double> Value, string Format, bool MoreIsBetter)[] columns =
        [
            ("VUS-PR", f => f.Volume.Pr, "0.000", true), ("ROC area", f => f.Ranking.RocAuc, "0.000", true), ("avg. precision", f => f.Ranking.AveragePrecision, "0.000", true),
            ("precision", f => f.Confusion.Precision, "0.000", true), ("recall", f => f.Confusion.Recall, "0.000", true), ("F1", f => f.Confusion.F1, "0.000", true),
            ("events found", f => f.Events.Found, "0", true), ("false alarms", f => f.Events.FalseAlarms, "N0", false), ("delay, rows", f => f.Events.MeanDelay, "0.#", false), ("rows/s", f => f.RowsPerSecond, "N0", true),
        ];
        double[] best = [.. columns.Select(c => comparison.Figures.Select(c.Value).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Aggregate((a, b) => c.MoreIsBetter ? Math.Max(a, b) : Math.Min(a, b)))];
        var rows = comparison.Figures.Select(f =>
        {
            var cells = columns.Select((c, i) => $"<td{(c.Value(f) == best[i] ? " class=\"best\"" : "")}>{Number(c.Value(f), c.Format)}</td>");
            return $"<tr{(string.Equals(f.Detector, shown.Detector, StringComparison.Ordinal) ? " class=\"shown\"" : "")}><td>{Escaped(f.Detector)}</td>{string.Concat(cells)}</tr>";
        });
        return $"<div class=\"scroll\"><table><thead><tr><th>detector</th>{string.Concat(columns.Select(c => $"<th>{c.Name}</th>"))}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>";
    }

    private void Anomalies()
    {
        Segment[] alarms = [.. Segment.Of(shown.Flags).OrderByDescending(s => Peak(s).Score).ThenBy(s => s.First)];
        Add($"<section><h2>Alarms</h2><p>{(alarms.Length > MostAnomalies ? $"The {MostAnomalies} with the highest score of {alarms.Length:N0}." : "By their highest score.")}</p><div class=\"scroll\"><table><thead><tr><th>from</th><th>to</th><th>rows</th><th>peak score</th><th>{Escaped(Series.Names[0])} there</th><th>expected</th><th>label</th></tr></thead><tbody>");
        foreach (var alarm in alarms.Take(MostAnomalies))
        {
            var (row, score) = Peak(alarm);
            var expected = shown.Expected[row] is { } e ? $"{e.Lower:0.###} to {e.Upper:0.###}" : "–";
            Add($"<tr><td>{Time(Series.TimesMs[alarm.First])}</td><td>{Time(Series.TimesMs[alarm.Last])}</td><td>{alarm.Length:N0}</td><td>{score:0.000}</td><td>{Series.Row(row)[0]:0.###}</td><td>{expected}</td><td>{Pill(alarm)}</td></tr>");
        }

        Add("</tbody></table></div></section>");
    }

    private (int Row, double Score) Peak(Segment alarm) => Enumerable.Range(alarm.First, alarm.Length).Select(r => (Row: r, Score: shown.Scores[r])).MaxBy(p => p.Score);

    private string Pill(Segment alarm) => Series.Labels is not { } labels ? "<span class=\"pill plain\">none</span>"
        : labels.AsSpan(alarm.First, alarm.Length).Contains(true) ? "<span class=\"pill hit\">anomaly</span>" : "<span class=\"pill miss\">false alarm</span>";
}
