namespace Tidewatch.Evaluation.Data;

/// <summary>A data file that cannot be used; the message begins with file, line and column as compilers write them.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="line">Line from 1; 0 when the file as a whole is meant.</param>
/// <param name="column">Name of the column; null when the line as a whole is meant.</param>
/// <param name="problem">What is wrong and what was expected.</param>
public sealed class DataFormatException(string file, long line, string? column, string problem)
    : Exception(line == 0 ? $"{file}: {problem}" : column is null ? $"{file}:{line}: {problem}" : $"{file}:{line}: column '{column}': {problem}")
{
    public string File { get; } = file;

    public long Line { get; } = line;

    public string? Column { get; } = column;
}
