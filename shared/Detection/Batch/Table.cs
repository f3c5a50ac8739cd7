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
