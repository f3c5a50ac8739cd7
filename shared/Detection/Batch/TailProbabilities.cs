namespace Tidewatch.Detection.Batch;

/// <summary>Empirical distribution of each column with the sign of its skewness: what ECOD and COPOD are made of.</summary>
internal sealed class TailProbabilities
{
    private readonly double[][] _sorted;
    private readonly int[] _skewSign;

    public TailProbabilities(Table table)
    {
        _sorted = [.. Enumerable.Range(0, table.Dimension).Select(table.SortedColumn)];
        _skewSign = [.. _sorted.Select(SkewSign)];
    }

    public int Dimension => _sorted.Length;

    /// <summary>-ln of the left, right and skewness-chosen tail of <paramref name="value"/> in column <paramref name="column"/>.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    /// <param name="joins">Count the value itself too, as if its row had been fitted.</param>
    public (double Left, double Right, double Skewed) Of(int column, double value, bool joins)
    {
        var sorted = _sorted[column];
        var extra = joins ? 1.0 : 0;
        var left = -Math.Log((CountBelow(sorted, value, orEqual: true) + extra) / (sorted.Length + extra));
        var right = -Math.Log((sorted.Length - CountBelow(sorted, value, orEqual: false) + extra) / (sorted.Length + extra));
        return (left, right, _skewSign[column] switch { > 0 => right, < 0 => left, _ => left + right });
    }

    private static int CountBelow(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int SkewSign(double[] values)
    {
        var mean = values.Average();
        var third = 0.0;
        foreach (var value in values)
        {
            var difference = value - mean;
            third += difference * difference * difference;
        }

        return double.IsNaN(third) || values[0] == values[^1] ? 0 : Math.Sign(third);
    }
}
