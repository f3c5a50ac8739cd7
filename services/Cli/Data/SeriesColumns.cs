using System.CommandLine;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Which columns of a file are its time, its values and its label.</summary>
/// <param name="Time">Index of the time; null where rows have none: a second a row is then taken, from 1970 or from where a model's training ended.</param>
/// <param name="Values">The values, at least one.</param>
/// <param name="Label">Index of the label; null where there is none.</param>
internal sealed record SeriesColumns(int? Time, FeatureColumns Values, int? Label)
{
    private const string Standard = "value";
    private static readonly string[] Times = ["timestamp", "time", "datetime", "date", "ts"];
    private static readonly string[] Labels = ["label", "is_anomaly", "anomaly"];

    private long _fromMs;
    private long _lastLine;
    private long _backward;
    private string? _firstBackward;

    /// <summary>Names of the values.</summary>
    public IReadOnlyList<string> Names => Values.Names;

    /// <summary>Rows that were read so far in which a value was missing.</summary>
    public long Incomplete { get; private set; }

    /// <summary>Time of the last row that was read, Unix milliseconds.</summary>
    public long LastMs
    {
        get => Time is null ? _fromMs + (_lastLine * 1000) : field;
        private set;
    } = long.MinValue;

    /// <summary>What of the file could not be used, and whether its rows stand in the order of time.</summary>
    public IEnumerable<string> Warnings => [.. NoTime is null ? [] : new[] { NoTime }, .. Values.Warnings, .. _firstBackward is null ? [] : new[] { $"{_firstBackward}; there are {_backward} such rows, and all are judged in the order of the file" }];

    /// <summary>Why a column with a usual name for the time is none; null where there is nothing to say.</summary>
    private string? NoTime { get; init; }

    /// <summary>What could not be used, and how many rows were passed over for that.</summary>
    public IEnumerable<string> WarningsWithRows(IRowReader rows) => Incomplete == 0 ? Warnings : [.. Warnings, $"{rows.File}: {Incomplete} rows without a value are passed over"];

    /// <summary>Event time of the current row, Unix milliseconds.</summary>
    public long TimeMs(IRowReader rows)
    {
        if (Time is not { } column)
        {
            return _fromMs + (rows.Line * 1000);
        }

        var timeMs = rows.TimeMs(column);
        if (timeMs < LastMs)
        {
            _backward++;
            _firstBackward ??= rows.Wrong(column, "in the order of time").Message;
        }

        return LastMs = timeMs;
    }

    /// <summary>Lets the rows that follow, where they have no time, go on a second after <paramref name="lastMs"/>, Unix milliseconds.</summary>
    public SeriesColumns After(long lastMs, IRowReader rows) => this with { _fromMs = lastMs - (rows.Line * 1000) };

    /// <summary>Reads the current row's values into <paramref name="into"/>; false where one is missing.</summary>
    public bool Read(IRowReader rows, Span<double> into)
    {
        _lastLine = rows.Line;
        var isWhole = Values.Read(rows, into);
        Incomplete += isWhole ? 0 : 1;
        return isWhole;
    }

    /// <summary>Options of a command that say which columns are meant.</summary>
    internal sealed class Arguments
    {
        public Option<string?> Time { get; } = new("--time") { Description = $"column of the time; default {string.Join(", ", Times)}, whichever is there; without any a row is a second, after the training of a model that is given" };

        public Option<string[]> Values { get; } = new("--value") { Description = $"column of the value, or several for their features; default '{Standard}', else every column beside time and label", AllowMultipleArgumentsPerToken = true };

        public Option<string?> Label { get; } = new("--label") { Description = $"column that is 1 for anomalies; default {string.Join(", ", Labels)}, whichever is there" };

        public void AddTo(Command command)
        {
            command.Options.Add(Time);
            command.Options.Add(Values);
            command.Options.Add(Label);
        }

        /// <summary>The columns in <paramref name="rows"/>. Throws <see cref="DataFormatException"/> for a name that is not there.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="rows">The file.</param>
        /// <param name="values">Names of the values; null takes those of the command line.</param>
        public SeriesColumns Find(ParseResult parsed, IRowReader rows, IReadOnlyList<string>? values = null) => SeriesColumns.Find(rows, parsed.GetValue(Time), values ?? parsed.GetValue(Values) ?? [], parsed.GetValue(Label));
    }

    /// <summary>The columns by their names, or by the usual names where none is given: a time that holds no times is then a value, and values that hold no numbers are left out.</summary>
    public static SeriesColumns Find(IRowReader rows, string? time, IReadOnlyList<string> values, string? label)
    {
        var (timeColumn, noTime) = time is not null ? (rows.IndexOf(time), null) : TimeOf(rows);
        var labelColumn = label is not null ? rows.IndexOf(label) : Named(rows, Labels) is [var first, ..] ? first : (int?)null;
        return new SeriesColumns(timeColumn, values.Count > 0 ? FeatureColumns.Named(rows, values.Select(rows.IndexOf)) : ValuesOf(rows, timeColumn, labelColumn), labelColumn) { NoTime = noTime };
    }

    private static FeatureColumns ValuesOf(IRowReader rows, int? time, int? label)
    {
        int[] others = [.. Enumerable.Range(0, rows.Columns.Count).Where(i => i != time && i != label)];
        return FeatureColumns.Among(rows, Named(rows, [Standard]) is { Length: > 0 } standard && ColumnSample.Of(rows, standard) is not [{ IsNumeric: false }, ..] ? standard : others);
    }

    /// <summary>The first column with one of the usual names that holds times; where there are such names and none does, the reason.</summary>
    private static (int? Column, string? Reason) TimeOf(IRowReader rows)
    {
        var named = Named(rows, Times);
        return named.Length == 0 ? (null, null)
            : ColumnSample.Of(rows, named) is not { } samples ? (named[0], null)
            : Array.FindIndex(samples, s => s.IsTime) is >= 0 and var found ? (named[found], null)
            : (null, $"{rows.File}: column '{rows.Columns[named[0]]}' does not hold times such as 2026-01-31T12:00:00Z: a row is taken as a second");
    }

    /// <summary>The columns with these names, in the order of the names.</summary>
    private static int[] Named(IRowReader rows, string[] names) =>
        [.. names.SelectMany(n => Enumerable.Range(0, rows.Columns.Count).Where(i => string.Equals(rows.Columns[i], n, StringComparison.OrdinalIgnoreCase)))];
}
