using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>Colours, fonts and axes that all charts share.</summary>
internal static class ChartStyle
{
    public const int Wide = 1_180;
    private static readonly string[] Fonts = ["Inter", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"];
    private static readonly string[] Series = ["#2563EB", "#EA580C", "#059669", "#7C3AED", "#DB2777", "#0891B2", "#65A30D", "#475569"];

    /// <summary>The first of the known fonts that this machine has.</summary>
    public static string Font { get; } = Fonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? "sans-serif";

    public static Color Ink { get; } = Color.FromHex("#334155");

    public static Color Line { get; } = Color.FromHex("#2563EB");

    public static Color Band { get; } = Color.FromHex("#93C5FD").WithAlpha(0.45);

    public static Color Labelled { get; } = Color.FromHex("#F59E0B").WithAlpha(0.22);

    public static Color Alarm { get; } = Color.FromHex("#DC2626");

    public static Color ColorOf(int index) => Color.FromHex(Series[index % Series.Length]);

    public static Plot NewPlot(string? x = null, string? y = null)
    {
        var plot = new Plot();
        plot.Font.Set(Font);
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Color.FromHex("#E2E8F0");
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Color = Color.FromHex("#94A3B8");
            axis.TickLabelStyle.FontSize = 12;
            axis.TickLabelStyle.FontName = Font;
        }

        Name(plot.Axes.Bottom, x);
        Name(plot.Axes.Left, y);
        return plot;
    }

    /// <summary>Time below, written as ISO 8601 and no finer than the span needs.</summary>
    public static void TimeBelow(Plot plot, double first, double last)
    {
        var format = (last - first) switch { > 4 => "yyyy-MM-dd", > 0.5 => "MM-dd HH:mm", _ => "HH:mm:ss" };
        plot.Axes.Bottom.TickGenerator = new DateTimeAutomatic { LabelFormatter = t => t.ToString(format, CultureInfo.InvariantCulture) };
        plot.Axes.SetLimitsX(first, last);
    }

    public static void LegendAbove(Plot plot)
    {
        var legend = plot.ShowLegend(Alignment.UpperLeft, Orientation.Horizontal);
        legend.FontName = Font;
        legend.FontSize = 12;
        legend.OutlineColor = Colors.Transparent;
        legend.ShadowColor = Colors.Transparent;
        legend.BackgroundColor = Colors.White.WithAlpha(0.85);
    }

    /// <summary>Unix milliseconds as the plots count days.</summary>
    public static double Day(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime.ToOADate();

    private static void Name(IAxis axis, string? text)
    {
        axis.Label.Text = text ?? "";
        axis.Label.FontSize = 13;
        axis.Label.Bold = false;
        axis.Label.FontName = Font;
        axis.Label.ForeColor = Ink;
    }
}
