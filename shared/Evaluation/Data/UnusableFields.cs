namespace Tidewatch.Evaluation.Data;

/// <summary>Fields of one kind that could not be used: how many, and where the first stands.</summary>
/// <param name="fate">What is done with them, such as "taken as missing".</param>
internal sealed class UnusableFields(string fate)
{
    private DataFormatException? _first;
    private long _count;

    /// <summary>One line, or none where there was no such field.</summary>
    public IEnumerable<string> Warnings => _first is null ? [] : [$"{_first.Message}: {fate}{(_count > 1 ? $", as are {_count - 1} more" : "")}"];

    public void Add(IRowReader rows, int column, string expected)
    {
        _count++;
        _first ??= rows.Wrong(column, expected);
    }
}
