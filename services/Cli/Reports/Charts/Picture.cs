using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Tidewatch.Cli.Reports.Charts;

/// <summary>A chart that can be written as SVG, or as PNG with two pixels for one.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Plot">The chart.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="IsDense">So many marks that a page takes it as PNG.</param>
internal sealed record Picture(string Name, string Title, string Caption, Multiplot Plot, int Width, int Height, bool IsDense = false)
{
    public static Picture Of(string name, string title, string caption, Plot plot, int width, int height)
    {
        var whole = new Multiplot();
        whole.RemovePlot(whole.GetPlot(0));
        whole.AddPlot(plot);
        return new Picture(name, title, caption, whole, width, height);
    }

    /// <summary>As part of a page.</summary>
    public string Html() => IsDense ? $"<img alt=\"{Title}\" width=\"{Width}\" src=\"data:image/png;base64,{Convert.ToBase64String(Png())}\">" : Svg();

    /// <summary>SVG that scales with the page and may stand beside others in it: its ids carry the picture's name.</summary>
    public string Svg()
    {
        using var buffer = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), buffer))
        {
            Plot.Render(canvas, new PixelRect(0, Width, Height, 0));
        }

        var svg = Encoding.UTF8.GetString(buffer.ToArray());
        return svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].Replace("id=\"", $"id=\"{Name}-", StringComparison.Ordinal)
            .Replace("url(#", $"url(#{Name}-", StringComparison.Ordinal)
            .Replace("xlink:href=\"#", $"xlink:href=\"#{Name}-", StringComparison.Ordinal)
            .Replace($"width=\"{Width}\" height=\"{Height}\">", $"viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Title}\">", StringComparison.Ordinal)
            .Replace($"font-family=\"{ChartStyle.Font}\"", $"font-family=\"{ChartStyle.Font}, Arial, Helvetica, sans-serif\"", StringComparison.Ordinal);
    }

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo(2 * Width, 2 * Height));
        surface.Canvas.Scale(2);
        Plot.Render(surface.Canvas, new PixelRect(0, Width, Height, 0));
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
