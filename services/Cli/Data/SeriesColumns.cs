using System.CommandLine;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Which columns of a file are its time, its values and its label.</summary>
/// <param name="Time">Index of the time; null where rows have none: a second a row is then taken.</param>
/// <param name="Values">Indices of the values, at least one.</param>
/// <param name="Label">Index of the label; null where there is none.</param>
/// <param name="Names">Names of the values.</param>
internal sealed record SeriesColumns(int? Time, int[] Values, int? Label, IReadOnlyList<string> Names)
{
    private const string Standard = "value";
    private static readonly string[] Times = ["timestamp", "time", "datetime", "date", "ts"];
    private static readonly string[] Labels = ["label", "is_anomaly", "anomaly"];

    /// <summary>Event time of the current row, Unix milliseconds.</summary>
    public long TimeMs(IRowReader rows) => Time is { } column ? rows.TimeMs(column) : rows.Line * 1000;

    /// <summary>Whether nothing was measured in one of the current row's values.</summary>
    public bool IsMissing(IRowReader rows) => Array.Exists(Values, v => FieldText.IsMissing(rows.Text(v)));

    /// <summary>Reads the current row's values into <paramref name="into"/>.</summary>
    public void Read(IRowReader rows, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = rows.Number(Values[i]);
        }
    }

    /// <summary>Options of a command that say which columns are meant.</summary>
    internal sealed class Arguments
    {
        public Option<string?> Time { get; } = new("--time") { Description = $"column of the time; default {string.Join(", ", Times)}, whichever is there; without any a row is a second" };

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

    /// <summary>The columns by their names, or by the usual names where none is given.</summary>
    public static SeriesColumns Find(IRowReader rows, string? time, IReadOnlyList<string> values, string? label)
    {
        var timeColumn = time is not null ? rows.IndexOf(time) : FirstOf(rows, Times);
        var labelColumn = label is not null ? rows.IndexOf(label) : FirstOf(rows, Labels);
        int[] chosen = values.Count > 0 ? [.. values.Select(rows.IndexOf)]
            : FirstOf(rows, [Standard]) is { } standard ? [standard]
            : [.. Enumerable.Range(0, rows.Columns.Count).Where(i => i != timeColumn && i != labelColumn)];
        return chosen.Length > 0
            ? new SeriesColumns(timeColumn, chosen, labelColumn, [.. chosen.Select(i => rows.Columns[i])])
            : throw new DataFormatException(rows.File, 1, null, $"no column of values; there are {string.Join(", ", rows.Columns)}");
    }

    private static int? FirstOf(IRowReader rows, string[] names) => names
        .Select(n => Enumerable.Range(0, rows.Columns.Count).FirstOrDefault(i => string.Equals(rows.Columns[i], n, StringComparison.OrdinalIgnoreCase), -1))
        .FirstOrDefault(i => i >= 0, -1) is >= 0 and var found ? found : null;
}
