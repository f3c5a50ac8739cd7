using System.Globalization;

namespace Tidewatch.Generator.Replay;

/// <summary>Which columns of a file hold time, value and label.</summary>
/// <param name="HasHeader">Whether the first row is names, not data.</param>
/// <param name="Names">Names of the columns, or their positions from 1.</param>
/// <param name="Time">Index of the time.</param>
/// <param name="Value">Index of the value.</param>
/// <param name="Label">Index of the label; null when none was asked for.</param>
public sealed record CsvColumns(bool HasHeader, IReadOnlyList<string> Names, int Time, int Value, int? Label)
{
    private static readonly string[] TimeNames = ["timestamp", "time", "datetime", "date", "ts"];

    /// <summary>Finds the columns by the file's first row. Throws <see cref="InvalidDataException"/> that names the column and those there are.</summary>
    public static CsvColumns Find(IReadOnlyList<string> first, string time, string value, string label, TimeFormat format)
    {
        var hasHeader = !first.Any(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _) || format.TryRead(cell, out _));
        var names = hasHeader ? first : [.. first.Select((_, i) => (i + 1).ToString(CultureInfo.InvariantCulture))];
        if (names.Count < 2)
        {
            throw new InvalidDataException($"the first row has {names.Count} column, a time and a value are needed: is the delimiter right?");
        }

        var timeAt = time.Length > 0 ? At(names, time) : Math.Max(0, names.ToList().FindIndex(n => TimeNames.Contains(n, StringComparer.OrdinalIgnoreCase)));
        var valueAt = value.Length > 0 ? At(names, value) : DefaultValue(names, timeAt);
        return new(hasHeader, names, timeAt, valueAt, label.Length > 0 ? At(names, label) : null);
    }

    private static int DefaultValue(IReadOnlyList<string> names, int time)
    {
        var named = names.ToList().FindIndex(n => string.Equals(n, "value", StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? named : time == 0 ? 1 : 0;
    }

    private static int At(IReadOnlyList<string> names, string wanted)
    {
        var index = names.ToList().FindIndex(n => string.Equals(n.Trim(), wanted, StringComparison.OrdinalIgnoreCase));
        if (index < 0 && int.TryParse(wanted, CultureInfo.InvariantCulture, out var position) && position >= 1 && position <= names.Count)
        {
            index = position - 1;
        }

        return index >= 0 ? index : throw new InvalidDataException($"there is no column '{wanted}'; there are {string.Join(", ", names)} (or a position from 1 to {names.Count})");
    }
}
