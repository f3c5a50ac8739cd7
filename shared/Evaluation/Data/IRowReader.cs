namespace Tidewatch.Evaluation.Data;

/// <summary>Rows of a data file under named columns, one at a time, so that a file may be larger than memory. Bad content is a <see cref="DataFormatException"/>.</summary>
public interface IRowReader : IDisposable
{
    /// <summary>The file as the user named it.</summary>
    string File { get; }

    /// <summary>The columns' names in their order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the current row from 1; of a file without lines the row from 1.</summary>
    long Line { get; }

    /// <summary>Share of the file that was read, 0 to 1; negative when the format cannot say.</summary>
    double ShareRead => -1;

    /// <summary>The same file opened anew, before its first row.</summary>
    IRowReader Again();

    /// <summary>Goes to the next row; false at the end.</summary>
    bool Next();

    string Text(int column);

    /// <summary>The field as <see cref="FieldText.TryNumber"/> reads it: NaN where nothing was measured, and it may be infinite; false where something stands that is no number.</summary>
    bool TryNumber(int column, out double value);

    /// <summary>A finite number.</summary>
    double Number(int column) => TryNumber(column, out var value) && double.IsFinite(value) ? value : throw Wrong(column, "a number");

    /// <summary>What <see cref="FieldText.LabelOf"/> understands.</summary>
    bool Label(int column) => FieldText.LabelOf(Text(column)) ?? throw Wrong(column, $"a label; there are {FieldText.LabelWords}");

    /// <summary>Unix milliseconds UTC.</summary>
    long TimeMs(int column);

    /// <summary>The error of a field of the current row that is not <paramref name="expected"/>, with its place.</summary>
    DataFormatException Wrong(int column, string expected);

    /// <summary>Index of the column, upper or lower case alike; throws <see cref="DataFormatException"/> that lists the columns there are.</summary>
    int IndexOf(string column) => Enumerable.Range(0, Columns.Count).FirstOrDefault(i => string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase), -1) is >= 0 and var index
        ? index
        : throw new DataFormatException(File, 1, null, $"there is no column '{column}'; there are {string.Join(", ", Columns)}");
}
