namespace Tidewatch.Evaluation.Reports;

/// <summary>A series in memory.</summary>
/// <param name="Name">What it is called in a report.</param>
/// <param name="TimesMs">Unix milliseconds of each row.</param>
/// <param name="Values">Row-major, a value a name.</param>
/// <param name="Names">Names of the values.</param>
/// <param name="Labels">True for an anomalous row; null where nothing is labelled.</param>
public sealed record LabelledSeries(string Name, long[] TimesMs, double[] Values, IReadOnlyList<string> Names, bool[]? Labels)
{
    /// <summary>What of its file could not be used, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int Dimension => Names.Count;

    public int Rows => TimesMs.Length;

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Dimension, Dimension);

    /// <summary>One value of every row.</summary>
    public double[] Column(int column) => [.. Enumerable.Range(0, Rows).Select(r => Values[(r * Dimension) + column])];
}
