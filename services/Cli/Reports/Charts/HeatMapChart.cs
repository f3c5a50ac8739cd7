using ScottPlot;
using ScottPlot.TickGenerators;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>How unusual every detector found every stretch of time.</summary>
internal static class HeatMapChart
{
    private const int Columns = 240;
    private const double Rarest = 3.5;

    public static Picture Of(LabelledSeries series, IReadOnlyList<SeriesRun> runs)
    {
        var plot = ChartStyle.NewPlot();
        var columns = Math.Min(Columns, series.Rows);
        var cells = new double[runs.Count + 1, columns];
        for (var i = 0; i < runs.Count; i++)
        {
            Fill(cells, i, Rarity(runs[i].Raw, runs[i].WarmAt), columns);
        }

        var bottom = runs.Count;
        Fill(cells, bottom, series.Labels is { } labels ? [.. labels.Select(l => l ? Rarest : double.NaN)] : [.. Enumerable.Repeat(double.NaN, series.Rows)], columns);
        var (first, last) = (ChartStyle.Day(series.TimesMs[0]), ChartStyle.Day(series.TimesMs[^1]));
        var map = plot.Add.Heatmap(cells);
        map.Colormap = new ScottPlot.Colormaps.Inferno();
        map.Extent = new CoordinateRect(first, last, -0.5, runs.Count + 0.5);
        map.NaNCellColor = Color.FromHex("#F1F5F9");
        map.ManualRange = new ScottPlot.Range(0.5, Rarest);
        var ticks = new NumericManual();
        for (var i = 0; i < runs.Count; i++)
        {
            ticks.AddMajor(runs.Count - i, runs[i].Detector);
        }

        ticks.AddMajor(0, "label");
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        ChartStyle.TimeBelow(plot, first, last);
        plot.Axes.SetLimitsY(-0.5, runs.Count + 0.5);
        plot.HideGrid();
        var bar = plot.Add.ColorBar(map);
        bar.Axis.TickLabelStyle.FontName = ChartStyle.Font;
        var rarities = new NumericManual();
        for (var exponent = 1; exponent < Rarest; exponent++)
        {
            rarities.AddMajor(exponent, $"1 in {Math.Pow(10, exponent):N0}");
        }

        bar.Axis.TickGenerator = rarities;
        return Picture.Of("heat-map", "Every detector over time", "Bright: the rarest raw statistic of that stretch among all of the same detector; the best detector on top, the labels at the bottom. Grey: not warm yet.", plot, ChartStyle.Wide, 90 + (22 * (runs.Count + 1))) with { IsDense = true };
    }

    /// <summary>The largest value of each stretch.</summary>
    private static void Fill(double[,] cells, int row, double[] values, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            var (from, to) = ((int)((long)column * values.Length / columns), (int)((column + 1L) * values.Length / columns));
            cells[row, column] = values[from..to].Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max();
        }
    }

    /// <summary>log10 of one in how many of the detector's own statistics is as large.</summary>
    private static double[] Rarity(double[] raw, int warmAt)
    {
        double[] sorted = [.. raw.Skip(warmAt).Order()];
        return [.. raw.Select((v, i) => i < warmAt ? double.NaN : Math.Log10(sorted.Length / (double)Math.Max(1, sorted.Length - Below(sorted, v))))];
    }

    private static int Below(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
