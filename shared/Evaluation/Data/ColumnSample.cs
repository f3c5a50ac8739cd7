namespace Tidewatch.Evaluation.Data;

/// <summary>What the first <see cref="Most"/> fields of a column hold, those aside in which nothing was measured.</summary>
public sealed class ColumnSample
{
    /// <summary>Fields that decide what a column holds.</summary>
    public const int Most = 100;

    private int _fields;
    private int _numbers;
    private int _times;

    /// <summary>The first field that is no number; null while there is none.</summary>
    public DataFormatException? Word { get; private set; }

    public bool IsEmpty => _fields == 0;

    /// <summary>Whether at least half of the fields are numbers.</summary>
    public bool IsNumeric => _fields > 0 && _numbers * 2 >= _fields;

    /// <summary>Whether at least half of the fields are times.</summary>
    public bool IsTime => _fields > 0 && _times * 2 >= _fields;

    /// <summary>The samples of <paramref name="columns"/> in their order; null where the file has no row. Reads as far as every sample needs, which is all of a file with an empty column.</summary>
    public static ColumnSample[]? Of(IRowReader rows, IReadOnlyList<int> columns)
    {
        using var again = rows.Again();
        var samples = columns.Select(_ => new ColumnSample()).ToArray();
        var any = false;
        while (Array.Exists(samples, s => s._fields < Most) && again.Next())
        {
            any = true;
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i].Add(again, columns[i]);
            }
        }

        return any ? samples : null;
    }

    private void Add(IRowReader rows, int column)
    {
        if (_fields == Most || (rows.TryNumber(column, out var value) is var isNumber && isNumber && double.IsNaN(value)))
        {
            return;
        }

        _fields++;
        _numbers += isNumber ? 1 : 0;
        _times += TimeText.TryMs(rows.Text(column), out _) ? 1 : 0;
        Word ??= isNumber ? null : rows.Wrong(column, "a number");
    }
}
