namespace Tidewatch.Detection.Explanations;

/// <summary>The nearest normal row: what would have had to be otherwise (Wachter, Mittelstadt, Russell 2017), in as few features as the search finds.</summary>
public static class Counterfactual
{
    private const int Halvings = 40;

    /// <summary>A row below <paramref name="threshold"/> that differs from <paramref name="row"/> in few features and no further than needed; null when even the normal row is not below it.</summary>
    /// <param name="statistic">The model.</param>
    /// <param name="row">The anomalous row.</param>
    /// <param name="normal">Normal value of each feature.</param>
    /// <param name="contributions">What each feature adds: the largest is changed first.</param>
    /// <param name="threshold">Statistic below which a row is normal.</param>
    public static double[]? Find(RowStatistic statistic, ReadOnlySpan<double> row, ReadOnlySpan<double> normal, IReadOnlyList<double> contributions, double threshold)
    {
        var changed = row.ToArray();
        var used = new List<int>();
        foreach (var feature in Enumerable.Range(0, row.Length).OrderByDescending(i => contributions[i]))
        {
            if (statistic(changed) < threshold)
            {
                break;
            }

            changed[feature] = normal[feature];
            used.Add(feature);
        }

        if (statistic(changed) >= threshold)
        {
            return null;
        }

        foreach (var feature in used)
        {
            changed[feature] = Nearest(statistic, changed, feature, row[feature], threshold);
        }

        return changed;
    }

    /// <summary>The value nearest to <paramref name="original"/> on the way from the present one that stays below the threshold.</summary>
    private static double Nearest(RowStatistic statistic, double[] row, int feature, double original, double threshold)
    {
        var (inside, outside) = (row[feature], original);
        var tried = row.ToArray();
        tried[feature] = outside;
        if (statistic(tried) < threshold)
        {
            return outside;
        }

        for (var i = 0; i < Halvings; i++)
        {
            tried[feature] = inside + ((outside - inside) / 2);
            (inside, outside) = statistic(tried) < threshold ? (tried[feature], outside) : (inside, tried[feature]);
        }

        return inside;
    }
}
