namespace Tidewatch.Detection.Batch;

/// <summary>The k nearest rows of a table by Euclidean distance, found by scanning sixteen at a time with early exit; equal distances in order of row number.</summary>
internal sealed class Neighbors(SideBySide table, int k)
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
        Span<double> distances = stackalloc double[SideBySide.Lanes];
        for (var block = 0; block < table.Blocks; block++)
        {
            if (!table.SquaredDistances(block, row, Bound, distances) && Count == Rows.Length)
            {
                continue;
            }

            var first = block * SideBySide.Lanes;
            for (var lane = 0; lane < SideBySide.Lanes && first + lane < table.Count; lane++)
            {
                if (first + lane != skip && (Count < Rows.Length || distances[lane] < Bound))
                {
                    Insert(first + lane, distances[lane]);
                }
            }
        }

        for (var i = 0; i < Count; i++)
        {
            Distances[i] = Math.Sqrt(_squared[i]);
        }
    }

    private double Bound => Count < Rows.Length ? double.PositiveInfinity : _squared[^1];

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
