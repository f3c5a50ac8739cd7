namespace Tidewatch.Detection.Batch;

/// <summary>The k nearest rows of a table by Euclidean distance, found by scanning with early exit; equal distances in order of row number.</summary>
internal sealed class Neighbors(Table table, int k)
{
    private readonly double[] _squared = new double[k];

    /// <summary>Row numbers of the neighbours last found, nearest first.</summary>
    public int[] Rows { get; } = new int[k];

    /// <summary>Their distances.</summary>
    public double[] Distances { get; } = new double[k];

    /// <summary>Neighbours last found: k, or fewer in a small table.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the nearest rows of <paramref name="row"/> except number <paramref name="skip"/> (-1: none).</summary>
    public void Find(ReadOnlySpan<double> row, int skip)
    {
        Count = 0;
        var values = table.Values;
        var dimension = table.Dimension;
        for (var i = 0; i < table.Count; i++)
        {
            if (i == skip)
            {
                continue;
            }

            var bound = Count < Rows.Length ? double.PositiveInfinity : _squared[^1];
            var distance = Squared(row, values.Slice(i * dimension, dimension), bound);
            if (Count < Rows.Length || distance < bound)
            {
                Insert(i, distance);
            }
        }

        for (var i = 0; i < Count; i++)
        {
            Distances[i] = Math.Sqrt(_squared[i]);
        }
    }

    private static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double bound)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
            if (sum > bound)
            {
                return sum;
            }
        }

        return sum;
    }

    private void Insert(int row, double squared)
    {
        var place = Count < Rows.Length ? Count++ : Count - 1;
        while (place > 0 && _squared[place - 1] > squared)
        {
            (_squared[place], Rows[place]) = (_squared[place - 1], Rows[place - 1]);
            place--;
        }

        (_squared[place], Rows[place]) = (squared, row);
    }
}
