using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>One judged row.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="TimeMs">Event time, Unix milliseconds.</param>
/// <param name="Value">The first value.</param>
/// <param name="Verdict">What the detector said.</param>
internal readonly record struct ScannedRow(long Line, long TimeMs, double Value, RowVerdict Verdict);

/// <summary>Walks a file once, each row scored by what the rows before it taught, then learned; rows in which a value is missing are passed over.</summary>
/// <param name="judgeOf">The judge of values with these names.</param>
internal sealed class SeriesScan(Func<IReadOnlyList<string>, IRowJudge> judgeOf)
{
    /// <summary>Rows that were judged.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows at or above the threshold.</summary>
    public long Anomalies { get; private set; }

    /// <summary>Hands every row to <paramref name="take"/> in the file's order; returns how many were judged.</summary>
    public long Run(IRowReader rows, SeriesColumns columns, Action<ScannedRow> take)
    {
        var judge = judgeOf(columns.Names);
        var values = new double[columns.Values.Count];
        while (rows.Next())
        {
            if (!columns.Read(rows, values))
            {
                continue;
            }

            var timeMs = columns.TimeMs(rows);
            var verdict = judge.Judge(values, timeMs);
            Rows++;
            Anomalies += verdict.Level == AlertLevel.None ? 0 : 1;
            take(new ScannedRow(rows.Line, timeMs, values[0], verdict));
        }

        return Rows;
    }
}
