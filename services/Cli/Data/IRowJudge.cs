namespace Tidewatch.Cli.Data;

/// <summary>Judges one row after the other by what the rows before it taught.</summary>
internal interface IRowJudge
{
    /// <summary>Judges a row, then learns it.</summary>
    RowVerdict Judge(ReadOnlySpan<double> values, long timeMs);
}
