namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>Locally weighted linear regression on equally spaced values (Cleveland 1979).</summary>
internal static class Loess
{
    /// <summary>Smooths <paramref name="values"/> at every place.</summary>
    public static void Smooth(ReadOnlySpan<double> values, int span, ReadOnlySpan<double> robustness, Span<double> result)
    {
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = At(values, span, robustness, i);
        }
    }

    /// <summary>The local line's value at <paramref name="x"/>, an index that may lie one step outside.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="span">Values in the neighbourhood; a longer one than there are values widens the weights.</param>
    /// <param name="robustness">A weight for each value; none means 1.</param>
    /// <param name="x">Where.</param>
    public static double At(ReadOnlySpan<double> values, int span, ReadOnlySpan<double> robustness, double x)
    {
        var count = values.Length;
        var length = Math.Min(span, count);
        var left = Math.Clamp((int)x - (length / 2), 0, count - length);
        while (left + length < count && x - left > left + length - x)
        {
            left++;
        }

        while (left > 0 && x - (left - 1) < left + length - 1 - x)
        {
            left--;
        }

        var width = Math.Max(x - left, left + length - 1 - x) + (span > count ? (span - count) / 2 : 0);
        Span<double> weights = length <= 256 ? stackalloc double[length] : new double[length];
        var total = 0.0;
        for (var i = 0; i < length; i++)
        {
            var distance = Math.Abs(left + i - x);
            var ratio = distance / width;
            var weight = distance > 0.999 * width ? 0 : distance <= 0.001 * width ? 1 : Cube(1 - Cube(ratio));
            weights[i] = robustness.IsEmpty ? weight : weight * robustness[left + i];
            total += weights[i];
        }

        return total > 0 ? Line(values.Slice(left, length), weights, total, x - left) : values[(int)Math.Clamp(x, 0, count - 1)];
    }

    private static double Line(ReadOnlySpan<double> values, Span<double> weights, double total, double x)
    {
        var center = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= total;
            center += weights[i] * i;
        }

        var spread = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            spread += weights[i] * (i - center) * (i - center);
        }

        var slope = Math.Sqrt(spread) > 0.001 * values.Length ? (x - center) / spread : 0;
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (1 + (slope * (i - center))) * values[i];
        }

        return sum;
    }

    private static double Cube(double value) => value * value * value;
}
