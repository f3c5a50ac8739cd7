namespace Tidewatch.Detection.Detectors;

/// <summary>Values limited in size, so that squares and sums of them stay finite and one absurd value is forgotten like any other.</summary>
internal static class Bounded
{
    /// <summary>The largest size that is kept: 1e150.</summary>
    public const double Limit = 1e150;

    /// <summary><paramref name="value"/>, or the limit on its side.</summary>
    public static double Of(double value) => Math.Clamp(value, -Limit, Limit);
}
