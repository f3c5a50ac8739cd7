namespace Tidewatch.Detection.Batch;

/// <summary>Squared Euclidean distance.</summary>
internal static class Distance
{
    public static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }
}
