using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Batch;

/// <summary>A fitted copy of a row-major table.</summary>
internal sealed class Table
{
    private readonly double[] _values;

    public Table(ReadOnlySpan<double> rows, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (rows.IsEmpty || rows.Length % dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} values are no table of {dimension} columns", nameof(rows));
        }

        (_values, Dimension, Count) = (rows.ToArray(), dimension, rows.Length / dimension);
    }

    public int Dimension { get; }

    public int Count { get; }

    public ReadOnlySpan<double> Values => _values;

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Dimension, Dimension);

    /// <summary>At most <paramref name="most"/> rows, drawn without replacement, and for each row of this table its place among them, -1 where it was not drawn. The table itself when it is no larger.</summary>
    public (Table Rows, int[] Places) Sample(int most, ulong seed)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        if (Count <= most)
        {
            return (this, order);
        }

        var (random, rows, places) = (new SeededRandom(seed), new double[most * Dimension], new int[Count]);
        Array.Fill(places, -1);
        for (var i = 0; i < most; i++)
        {
            var other = i + random.Next(Count - i);
            (order[i], order[other]) = (order[other], order[i]);
            this[order[i]].CopyTo(rows.AsSpan(i * Dimension));
            places[order[i]] = i;
        }

        return (new Table(rows, Dimension), places);
    }

    public double[] Column(int column)
    {
        var result = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            result[i] = _values[(i * Dimension) + column];
        }

        return result;
    }

    public double[] SortedColumn(int column)
    {
        var result = Column(column);
        Array.Sort(result);
        return result;
    }
}
