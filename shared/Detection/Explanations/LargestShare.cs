namespace Tidewatch.Detection.Explanations;

/// <summary>Shapley values of the largest of several figures: the airport game (Littlechild, Owen 1973), in closed form.</summary>
public static class LargestShare
{
    /// <summary>Splits the largest of <paramref name="figures"/> (each at least 0): every step between neighbours in order is shared by those that reach it.</summary>
    public static void Of(ReadOnlySpan<double> figures, Span<double> shares)
    {
        var (sorted, order) = (figures.ToArray(), Enumerable.Range(0, figures.Length).ToArray());
        Array.Sort(sorted, order);
        var (reached, below) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            reached += (sorted[i] - below) / (sorted.Length - i);
            below = sorted[i];
            shares[order[i]] = reached;
        }
    }
}
