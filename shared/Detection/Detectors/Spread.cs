namespace Tidewatch.Detection.Detectors;

/// <summary>A scale to divide by, never 0.</summary>
internal static class Spread
{
    /// <summary>1 / 0.6745: what makes a median absolute deviation a standard deviation for normal values.</summary>
    public const double OfMad = 1.4826022185056018;

    private const double RelativeFloor = 1e-9;
    private const double AbsoluteFloor = 1e-300;

    /// <summary><paramref name="scale"/>, or 1e-9 of <paramref name="size"/>'s magnitude: a constant series scores 0 and any change from it near 1.</summary>
    public static double Of(double scale, double size) => Math.Max(scale, Math.Max(RelativeFloor * Math.Abs(size), AbsoluteFloor));
}
