using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Rows whose reading is told to a progress bar every few thousand of them.</summary>
/// <param name="rows">The rows.</param>
/// <param name="tell">Told the share that was read, 0 to 1; negative when the format cannot say.</param>
internal sealed class WatchedRows(IRowReader rows, Action<double> tell) : IRowReader
{
    private const int Every = 4_096;
    private int _untilTold = 1;

    public string File => rows.File;

    public IReadOnlyList<string> Columns => rows.Columns;

    public long Line => rows.Line;

    public double ShareRead => rows.ShareRead;

    public bool Next()
    {
        if (--_untilTold == 0)
        {
            _untilTold = Every;
            tell(rows.ShareRead);
        }

        return rows.Next();
    }

    public string Text(int column) => rows.Text(column);

    public bool TryNumber(int column, out double value) => rows.TryNumber(column, out value);

    public long TimeMs(int column) => rows.TimeMs(column);

    public DataFormatException Wrong(int column, string expected) => rows.Wrong(column, expected);

    public IRowReader Again() => rows.Again();

    public void Dispose() => rows.Dispose();
}
