using ScottPlot;
using Tidewatch.Evaluation.Metrics;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>ROC and precision-recall curves of the best detectors.</summary>
internal static class CurveCharts
{
    private const int Most = 6;
    private const int MostPoints = 600;

    public static Picture Roc(IReadOnlyList<RunFigures> figures, string shown)
    {
        var plot = ChartStyle.NewPlot("false-positive rate", "recall");
        var chance = plot.Add.Line(0, 0, 1, 1);
        (chance.LineColor, chance.LinePattern) = (Color.FromHex("#94A3B8"), LinePattern.Dotted);
        Draw(plot, figures, shown, f => [(0, 0), .. f.Ranking.Points.Select(p => (p.FalsePositiveRate, p.Recall))], f => f.Ranking.RocAuc);
        return Finish(plot, "roc", "Receiver operating characteristic", "Of the raw statistic, row by row; dotted: chance.", Alignment.LowerRight);
    }

    public static Picture PrecisionRecall(IReadOnlyList<RunFigures> figures, string shown, double share)
    {
        var plot = ChartStyle.NewPlot("recall", "precision");
        var chance = plot.Add.HorizontalLine(share, 1, Color.FromHex("#94A3B8"), LinePattern.Dotted);
        chance.EnableAutoscale = false;
        Draw(plot, figures, shown, f => [.. f.Ranking.Points.Select(p => (p.Recall, p.Precision))], f => f.Ranking.AveragePrecision);
        return Finish(plot, "precision-recall", "Precision and recall", "Average precision in the legend; dotted: the share of anomalous rows, which guessing reaches.", Alignment.UpperRight);
    }

    private static void Draw(Plot plot, IReadOnlyList<RunFigures> figures, string shown, Func<RunFigures, IReadOnlyList<(double X, double Y)>> points, Func<RunFigures, double> area)
    {
        RunFigures[] best = [.. figures.Take(Most)];
        RunFigures[] drawn = [.. best, .. figures.Where(f => string.Equals(f.Detector, shown, StringComparison.Ordinal) && !best.Contains(f))];
        for (var i = 0; i < drawn.Length; i++)
        {
            var curve = Thin(points(drawn[i]));
            var isShown = string.Equals(drawn[i].Detector, shown, StringComparison.Ordinal);
            var line = plot.Add.ScatterLine(curve.Select(p => p.X).ToArray(), curve.Select(p => p.Y).ToArray(), ChartStyle.ColorOf(i));
            line.LineWidth = isShown ? 3 : 1.5f;
            line.LegendText = $"{area(drawn[i]):0.000}  {drawn[i].Detector}";
        }
    }

    private static Picture Finish(Plot plot, string name, string title, string caption, Alignment legend)
    {
        plot.Axes.SetLimits(0, 1, 0, 1.02);
        ChartStyle.LegendAbove(plot);
        plot.Legend.Alignment = legend;
        plot.Legend.Orientation = Orientation.Vertical;
        return Picture.Of(name, title, caption, plot, 575, 460);
    }

    private static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points) =>
        points.Count <= MostPoints ? points : [.. points.Where((_, i) => i % ((points.Count / MostPoints) + 1) == 0), points[^1]];
}
