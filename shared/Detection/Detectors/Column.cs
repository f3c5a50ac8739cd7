namespace Tidewatch.Detection.Detectors;

/// <summary>One feature of rows that lie one behind the other.</summary>
internal static class Column
{
    /// <summary>The median, the upper of two; allocates, for everything but the hot path.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="width">Features of a row.</param>
    /// <param name="feature">Which of them.</param>
    public static double Median(ReadOnlySpan<double> rows, int width, int feature)
    {
        var values = new double[rows.Length / width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows[(i * width) + feature];
        }

        Array.Sort(values);
        return values[values.Length / 2];
    }
}
