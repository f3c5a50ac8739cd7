using ScottPlot;
using Tidewatch.Detection;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>The series with its expected band, labelled windows and anomalies; below it the score with its threshold, on the same time.</summary>
internal static class SeriesChart
{
    private const int MostBandPoints = 1_500;
    private const float LeftWidth = 64;

    public static Picture Of(LabelledSeries series, SeriesRun run)
    {
        double[] times = [.. series.TimesMs.Select(ChartStyle.Day)];
        var whole = new Multiplot();
        whole.RemovePlot(whole.GetPlot(0));
        whole.AddPlot(Values(series, run, times));
        whole.AddPlot(Scores(series, run, times));
        foreach (var plot in whole.GetPlots())
        {
            // Equal widths of the axes keep the same time above itself.
            (plot.Axes.Left.MinimumSize, plot.Axes.Left.MaximumSize) = (LeftWidth, LeftWidth);
        }

        whole.SharedAxes.ShareX(whole.GetPlots());
        whole.CollapseVertically();
        var layout = new ScottPlot.MultiplotLayouts.CustomGrid();
        layout.Set(whole.GetPlot(0), new GridCell(0, 0, 3, 1, rowSpan: 2, colSpan: 1));
        layout.Set(whole.GetPlot(1), new GridCell(2, 0, 3, 1));
        whole.Layout = layout;
        return new Picture("series", $"{series.Names[0]} and the score of {run.Detector}", "Blue band: where the detector expected the next value. Amber: labelled as anomalous. Red: rows at or above the threshold.", whole, ChartStyle.Wide, 560);
    }

    private static Plot Values(LabelledSeries series, SeriesRun run, double[] times)
    {
        var (plot, values) = (ChartStyle.NewPlot(y: series.Names[0]), series.Column(0));
        Shade(plot, series, times);
        Band(plot, run.Expected, times, values);
        var line = plot.Add.SignalXY(times, values, ChartStyle.Line);
        line.LegendText = series.Names[0];
        int[] flagged = [.. Enumerable.Range(0, series.Rows).Where(r => run.Flags[r])];
        var dots = plot.Add.Markers(flagged.Select(r => times[r]).ToArray(), flagged.Select(r => values[r]).ToArray(), MarkerShape.FilledCircle, 5, ChartStyle.Alarm);
        dots.LegendText = "anomaly";
        ChartStyle.TimeBelow(plot, times[0], times[^1]);
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? 0.12 * (high - low) : 1;
        plot.Axes.SetLimitsY(low - margin, high + (2 * margin));
        ChartStyle.LegendAbove(plot);
        return plot;
    }

    private static Plot Scores(LabelledSeries series, SeriesRun run, double[] times)
    {
        var plot = ChartStyle.NewPlot(y: "score");
        Shade(plot, series, times);
        plot.Add.SignalXY(times, run.Scores, Color.FromHex("#475569"));
        var threshold = plot.Add.HorizontalLine(run.Threshold, 1.5f, ChartStyle.Alarm, LinePattern.Dashed);
        threshold.LegendText = $"threshold {run.Threshold:0.##}";
        ChartStyle.TimeBelow(plot, times[0], times[^1]);
        plot.Axes.SetLimitsY(0, 1.08);
        ChartStyle.LegendAbove(plot);
        return plot;
    }

    private static void Shade(Plot plot, LabelledSeries series, double[] times)
    {
        foreach (var window in Segment.Of(series.Labels))
        {
            var span = plot.Add.HorizontalSpan(times[window.First], times[Math.Min(times.Length - 1, window.Last + 1)], ChartStyle.Labelled);
            span.LineStyle.IsVisible = false;
        }
    }

    /// <summary>The expected range in at most so many columns: of several rows the widest, limited to the picture around the values.</summary>
    private static void Band(Plot plot, Expectation?[] expected, double[] times, double[] values)
    {
        int[] known = [.. Enumerable.Range(0, times.Length).Where(r => expected[r] is not null)];
        if (known.Length == 0)
        {
            return;
        }

        var (low, high) = (values.Min(), values.Max());
        var reach = high - low;
        int[][] columns = [.. known.Chunk(Math.Max(1, (known.Length / MostBandPoints) + 1))];
        var band = plot.Add.FillY(
            [.. columns.Select(c => times[c[c.Length / 2]])],
            [.. columns.Select(c => Math.Max(low - reach, c.Average(r => expected[r]!.Value.Lower)))],
            [.. columns.Select(c => Math.Min(high + reach, c.Average(r => expected[r]!.Value.Upper)))]);
        band.FillColor = ChartStyle.Band;
        band.LineWidth = 0;
        band.MarkerSize = 0;
        band.LegendText = "expected";
    }
}
