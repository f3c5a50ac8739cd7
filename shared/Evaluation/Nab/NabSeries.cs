namespace Tidewatch.Evaluation.Nab;

/// <summary>Rows <paramref name="First"/> to <paramref name="Last"/>, both inside, in which an anomaly may be reported.</summary>
public readonly record struct NabWindow(int First, int Last)
{
    public int Width => Last - First + 1;
}

/// <summary>One file of the corpus.</summary>
/// <param name="Name">Folder and file, as the labels name it.</param>
/// <param name="TimesMs">Unix milliseconds of each row; the corpus has no zone, UTC is taken.</param>
/// <param name="Values">The series; NaN where nothing was measured.</param>
/// <param name="Windows">Anomaly windows in the order of time.</param>
public sealed record NabSeries(string Name, long[] TimesMs, double[] Values, IReadOnlyList<NabWindow> Windows)
{
    /// <summary>Rows at the beginning that are not scored: 15 % of the file, of at most 5,000 rows.</summary>
    public int Probation { get; } = ProbationOf(Values.Length);

    /// <summary>Probation of a file with <paramref name="rows"/> rows: min(floor(0.15 n), 750).</summary>
    public static int ProbationOf(int rows) => (int)Math.Min(Math.Floor(0.15 * rows), 750);
}
