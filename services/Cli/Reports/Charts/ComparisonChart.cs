using ScottPlot;
using ScottPlot.TickGenerators;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>How well every detector ranks, best on top.</summary>
internal static class ComparisonChart
{
    public static Picture Of(IReadOnlyList<RunFigures> figures, string shown)
    {
        var plot = ChartStyle.NewPlot("VUS-PR");
        var ticks = new NumericManual();
        for (var i = 0; i < figures.Count; i++)
        {
            var (place, isShown) = (figures.Count - i, string.Equals(figures[i].Detector, shown, StringComparison.Ordinal));
            var bar = plot.Add.Bar(new Bar { Position = place, Value = figures[i].Volume.Pr, Size = 0.7, FillColor = isShown ? ChartStyle.Line : Color.FromHex("#CBD5E1"), LineWidth = 0 });
            bar.Horizontal = true;
            var text = plot.Add.Text($"{figures[i].Volume.Pr:0.000}", figures[i].Volume.Pr, place);
            (text.LabelFontSize, text.LabelFontName, text.LabelFontColor, text.LabelAlignment, text.OffsetX) = (11, ChartStyle.Font, ChartStyle.Ink, Alignment.MiddleLeft, 5);
            ticks.AddMajor(place, figures[i].Detector);
        }

        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimits(0, 1.12 * Math.Max(0.05, figures.Max(f => f.Volume.Pr)), 0.3, figures.Count + 0.7);
        return Picture.Of("comparison", "Comparison of detectors", "Volume under the precision-recall surface of the raw statistic; blue: the detector shown above. All with their defaults, all on the same rows.", plot, ChartStyle.Wide, 80 + (22 * figures.Count));
    }
}
