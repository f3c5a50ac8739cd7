namespace Tidewatch.Detection;

/// <summary>Where a value would be normal: centre, scale (one standard deviation or its robust equal) and bounds, in the value's unit.</summary>
public readonly record struct Expectation(double Lower, double Center, double Upper, double Scale)
{
    /// <summary>The range of <paramref name="width"/> scales on either side of <paramref name="center"/>.</summary>
    public static Expectation Around(double center, double scale, double width) => new(center - (width * scale), center, center + (width * scale), scale);

    /// <summary>Signed distance of <paramref name="value"/> from the centre in scales; 0 when the scale is 0.</summary>
    public double ZScore(double value) => Scale > 0 ? (value - Center) / Scale : 0;
}
