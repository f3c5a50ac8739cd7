using Tidewatch.Cli.Data;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Datasets;

/// <summary>What a data file is like, found in one pass.</summary>
internal sealed class DatasetStats
{
    private readonly Dictionary<long, long> _intervals = [];
    private readonly double[] _row;
    private long? _last;

    private DatasetStats(SeriesColumns columns) => (Columns, Values, _row) = (columns, [.. columns.Names.Select(_ => new ColumnStats())], new double[columns.Values.Count]);

    public long Rows { get; private set; }

    public SeriesColumns Columns { get; }

    public long FirstMs { get; private set; }

    public long LastMs { get; private set; }

    /// <summary>Rows whose time is before that of the row above.</summary>
    public long Backward { get; private set; }

    public long Anomalies { get; private set; }

    /// <summary>Runs of anomalous rows.</summary>
    public long Segments { get; private set; }

    public ColumnStats[] Values { get; }

    /// <summary>The commonest time between two rows, seconds; null without time.</summary>
    public double? IntervalSeconds => Columns.Time is null || _intervals.Count == 0 ? null : _intervals.MaxBy(i => i.Value).Key / 1000.0;

    /// <summary>Share of the steps that take the commonest time.</summary>
    public double? Regular => Columns.Time is null || _intervals.Count == 0 ? null : (double)_intervals.Values.Max() / _intervals.Values.Sum();

    /// <summary>Reads the file. Throws <see cref="DataFormatException"/> that names file, line and column.</summary>
    public static DatasetStats Of(IRowReader rows, SeriesColumns columns)
    {
        var stats = new DatasetStats(columns);
        var isInside = false;
        while (rows.Next())
        {
            stats.Add(rows, columns);
            var isAnomalous = columns.Label is { } label && rows.Label(label);
            stats.Anomalies += isAnomalous ? 1 : 0;
            stats.Segments += isAnomalous && !isInside ? 1 : 0;
            isInside = isAnomalous;
        }

        return stats;
    }

    private void Add(IRowReader rows, SeriesColumns columns)
    {
        Rows++;
        columns.Read(rows, _row);
        for (var i = 0; i < Values.Length; i++)
        {
            Values[i].Add(_row[i]);
        }

        LastMs = columns.TimeMs(rows);
        FirstMs = Rows == 1 ? LastMs : FirstMs;
        if (_last is { } last)
        {
            Backward += LastMs < last ? 1 : 0;
            _intervals[LastMs - last] = _intervals.GetValueOrDefault(LastMs - last) + 1;
        }

        _last = LastMs;
    }
}

/// <summary>Moments of a column (Welford 1962).</summary>
internal sealed class ColumnStats
{
    private double _squares;

    public long Count { get; private set; }

    /// <summary>Fields in which no finite number stands.</summary>
    public long Missing { get; private set; }

    public double Lowest { get; private set; } = double.PositiveInfinity;

    public double Highest { get; private set; } = double.NegativeInfinity;

    public double Mean { get; private set; }

    public double Deviation => Count > 0 ? Math.Sqrt(_squares / Count) : 0;

    /// <summary>Takes a value; NaN where it is missing.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            Missing++;
            return;
        }

        Count++;
        (Lowest, Highest) = (Math.Min(Lowest, value), Math.Max(Highest, value));
        var before = value - Mean;
        Mean += before / Count;
        _squares += before * (value - Mean);
    }
}
