namespace Tidewatch.Evaluation.Nab;

/// <summary>What a detection in each row of a file is worth, before a profile weighs it (Lavin and Ahmad 2015, NAB v1.1).</summary>
internal sealed class NabWeights
{
    private const double FarPastWindow = 3;

    public NabWeights(NabSeries series)
    {
        Window = new int[series.Values.Length];
        Weight = new double[series.Values.Length];
        var next = 0;
        for (var row = 0; row < Window.Length; row++)
        {
            while (next < series.Windows.Count && row > series.Windows[next].Last)
            {
                next++;
            }

            var inside = next < series.Windows.Count && row >= series.Windows[next].First;
            Window[row] = inside ? next : -1;
            Weight[row] = inside ? Inside(series.Windows[next], row) : Outside(next > 0 ? series.Windows[next - 1] : null, row);
        }
    }

    /// <summary>Index of the window a row lies in; -1 outside.</summary>
    public int[] Window { get; }

    /// <summary>In a window the share of a true positive, near 1 at its beginning; outside the share of a false positive, -1 far from any window.</summary>
    public double[] Weight { get; }

    private static double Inside(NabWindow window, int row) => Sigmoid(-(window.Last - row + 1.0) / window.Width) / Sigmoid(-1);

    private static double Outside(NabWindow? previous, int row) => previous is { } window ? Sigmoid((row - window.Last) / (window.Width - 1.0)) : -1;

    private static double Sigmoid(double position) => position > FarPastWindow ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;
}
