namespace Tidewatch.Evaluation.Data;

/// <summary>The columns of a file that are read as numbers, and what of the file could not be used.</summary>
public sealed class FeatureColumns
{
    private readonly int[] _columns;
    private readonly List<string> _leftOut;
    private readonly UnusableFields _infinite = new("taken as missing");
    private readonly UnusableFields? _words;

    private FeatureColumns(IRowReader rows, int[] columns, List<string> leftOut, bool forgivesWords)
    {
        (_columns, _leftOut, _words) = (columns, leftOut, forgivesWords ? new UnusableFields("taken as missing") : null);
        Names = [.. columns.Select(c => rows.Columns[c])];
    }

    /// <summary>Names in the order in which they are read.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => _columns.Length;

    /// <summary>Columns that were left out, and fields that were taken as missing so far: each with its first place and how often.</summary>
    public IEnumerable<string> Warnings => [.. _leftOut, .. _infinite.Warnings, .. _words?.Warnings ?? []];

    /// <summary>Exactly these columns: a word in one is an error.</summary>
    public static FeatureColumns Named(IRowReader rows, IEnumerable<int> columns) => new(rows, [.. columns], [], forgivesWords: false);

    /// <summary>Those of <paramref name="candidates"/> that hold numbers by their <see cref="ColumnSample"/>. Throws <see cref="DataFormatException"/> where none does.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="candidates">Indices of columns.</param>
    /// <param name="forgivesWords">Whether a word deep in a column of numbers is taken as missing; else it is an error.</param>
    public static FeatureColumns Among(IRowReader rows, IReadOnlyList<int> candidates, bool forgivesWords = false)
    {
        if (ColumnSample.Of(rows, candidates) is not { } samples)
        {
            return new FeatureColumns(rows, [.. candidates], [], forgivesWords);
        }

        var judged = candidates.Zip(samples, (c, s) => (Column: c, Sample: s)).ToArray();
        int[] numeric = [.. judged.Where(j => j.Sample.IsNumeric).Select(j => j.Column)];
        return numeric.Length > 0
            ? new FeatureColumns(rows, numeric, [.. judged.Where(j => !j.Sample.IsNumeric).Select(j => $"{Reason(j.Sample, rows, j.Column).Message}: the column is left out")], forgivesWords)
            : throw (judged is [var first, ..] ? Reason(first.Sample, rows, first.Column) : new DataFormatException(rows.File, 1, null, $"no column of values; there are {string.Join(", ", rows.Columns)}"));
    }

    /// <summary>Reads the current row into <paramref name="into"/>, NaN where nothing was measured or the number is infinite; false where there is such a field.</summary>
    public bool Read(IRowReader rows, Span<double> into)
    {
        var isWhole = true;
        for (var i = 0; i < _columns.Length; i++)
        {
            into[i] = Field(rows, _columns[i]);
            isWhole &= !double.IsNaN(into[i]);
        }

        return isWhole;
    }

    /// <summary>Why a column holds no numbers.</summary>
    private static DataFormatException Reason(ColumnSample sample, IRowReader rows, int column) =>
        sample.Word ?? new DataFormatException(rows.File, 0, null, $"nothing stands in column '{rows.Columns[column]}'");

    private double Field(IRowReader rows, int column)
    {
        if (!rows.TryNumber(column, out var value))
        {
            (_words ?? throw rows.Wrong(column, "a number")).Add(rows, column, "a number");
        }
        else if (double.IsInfinity(value))
        {
            _infinite.Add(rows, column, "a finite number");
            return double.NaN;
        }

        return value;
    }
}
