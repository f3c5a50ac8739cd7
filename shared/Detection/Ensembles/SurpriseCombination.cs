namespace Tidewatch.Detection.Ensembles;

/// <summary>One surprise of several: the three largest, weighed 0.4, 0.4 and 0.2. A detector alone cannot raise an alarm by being astonished a little, two can.</summary>
public static class SurpriseCombination
{
    private const double First = 0.4;
    private const double Second = 0.4;
    private const double Third = 0.2;

    /// <summary>The combined surprise of at least one surprise.</summary>
    public static double Combine(ReadOnlySpan<double> surprises)
    {
        var (first, second, third) = (0.0, 0.0, 0.0);
        foreach (var surprise in surprises)
        {
            (first, second, third) = surprise > first ? (surprise, first, second)
                : surprise > second ? (first, surprise, second)
                : (first, second, Math.Max(third, surprise));
        }

        return (First * first) + (Second * second) + (Third * third);
    }
}
