using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;
using Tidewatch.Detection.State;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>Every feature against every other, anomalies in front; on the diagonal how each is distributed. A single value is shown with its change and its local mean.</summary>
internal static class ScatterMatrixChart
{
    private const int MostFeatures = 5;
    private const int MostPoints = 1_200;
    private const int Bins = 40;

    public static Picture Of(LabelledSeries series, SeriesRun run)
    {
        var features = Features(series, run);
        var rows = Draw(series, run);
        var whole = new Multiplot { Layout = new Grid(features.Count, features.Count) };
        whole.RemovePlot(whole.GetPlot(0));
        for (var i = 0; i < features.Count * features.Count; i++)
        {
            var (down, across) = (i / features.Count, i % features.Count);
            var plot = ChartStyle.NewPlot(down == features.Count - 1 ? features[across].Name : null, across == 0 ? features[down].Name : null);
            if (down == across)
            {
                Histogram(plot, features[down].Values, rows, run);
            }
            else
            {
                Points(plot, features[across].Values, features[down].Values, rows, run);
            }

            Plain(plot, isLowest: down == features.Count - 1, isFirst: across == 0 && down != across);
            whole.AddPlot(plot);
        }

        var side = Math.Min(ChartStyle.Wide, 260 * features.Count);
        return new Picture("scatter-matrix", "Scatter matrix", $"Red: anomalous for {run.Detector}. At most {MostPoints} ordinary rows are drawn, every anomalous one is.", whole, side, (int)(0.8 * side), IsDense: true);
    }

    private static List<(string Name, double[] Values)> Features(LabelledSeries series, SeriesRun run)
    {
        List<(string, double[])> features = [.. series.Names.Take(MostFeatures - 1).Select((n, i) => (n, series.Column(i)))];
        if (series.Dimension == 1)
        {
            var values = series.Column(0);
            features.Add(("change", [.. values.Select((v, i) => i == 0 ? 0 : v - values[i - 1])]));
            features.Add(("mean of 10", [.. values.Select((_, i) => values[Math.Max(0, i - 9)..(i + 1)].Average())]));
        }

        features.Add(("score", run.Scores));
        return features;
    }

    /// <summary>Rows to draw: ordinary ones by a seeded choice, then the anomalous ones in front.</summary>
    private static int[] Draw(LabelledSeries series, SeriesRun run)
    {
        var (random, warm) = (new SeededRandom(1), Enumerable.Range(0, series.Rows).Skip(run.WarmAt).ToArray());
        int[] ordinary = [.. warm.Where(r => !run.Flags[r])];
        var share = Math.Min(1, MostPoints / (double)Math.Max(1, ordinary.Length));
        return [.. ordinary.Where(_ => random.NextDouble() < share), .. warm.Where(r => run.Flags[r])];
    }

    private static void Points(Plot plot, double[] x, double[] y, int[] rows, SeriesRun run)
    {
        foreach (var isAnomalous in new[] { false, true })
        {
            int[] own = [.. rows.Where(r => run.Flags[r] == isAnomalous)];
            if (own.Length > 0)
            {
                plot.Add.Markers(own.Select(r => x[r]).ToArray(), own.Select(r => y[r]).ToArray(), MarkerShape.FilledCircle, isAnomalous ? 4 : 3, isAnomalous ? ChartStyle.Alarm.WithAlpha(0.75) : ChartStyle.Line.WithAlpha(0.25));
            }
        }
    }

    private static void Histogram(Plot plot, double[] values, int[] rows, SeriesRun run)
    {
        double[] drawn = [.. rows.Select(r => values[r])];
        var (low, high) = drawn.Length > 0 ? (drawn.Min(), drawn.Max()) : (0, 1);
        var width = high > low ? (high - low) / Bins : 1;
        foreach (var isAnomalous in new[] { false, true })
        {
            var counts = new double[Bins];
            foreach (var row in rows.Where(r => run.Flags[r] == isAnomalous))
            {
                counts[Math.Clamp((int)((values[row] - low) / width), 0, Bins - 1)]++;
            }

            var most = Math.Max(1, counts.Max());
            var bars = plot.Add.Bars(Enumerable.Range(0, Bins).Select(b => low + ((b + 0.5) * width)), counts.Select(c => c / most));
            foreach (var bar in bars.Bars)
            {
                (bar.Size, bar.LineWidth, bar.FillColor) = (width, 0, isAnomalous ? ChartStyle.Alarm.WithAlpha(0.55) : ChartStyle.Line.WithAlpha(0.5));
            }
        }

        plot.Axes.SetLimitsY(0, 1.05);
    }

    private static void Plain(Plot plot, bool isLowest, bool isFirst)
    {
        plot.Axes.Bottom.TickGenerator = isLowest ? new NumericAutomatic { TargetTickCount = 4 } : new NumericManual();
        plot.Axes.Left.TickGenerator = isFirst ? new NumericAutomatic { TargetTickCount = 4 } : new NumericManual();
        plot.HideGrid();
    }
}
