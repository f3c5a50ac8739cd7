using Tidewatch.Detection;
using Tidewatch.Evaluation.Reports;

namespace Tidewatch.Cli.Reports;

/// <summary>Several detectors over one series, judged from the first row that finds all of them warm.</summary>
/// <param name="Series">The series.</param>
/// <param name="Runs">A run a detector.</param>
/// <param name="From">First judged row.</param>
/// <param name="Figures">Figures of the runs from the best ranking down; empty where the rows have not both kinds of label.</param>
internal sealed record Comparison(LabelledSeries Series, IReadOnlyList<SeriesRun> Runs, int From, IReadOnlyList<RunFigures> Figures)
{
    /// <summary>What is compared when nobody chooses: the online detectors whose cost a row is small.</summary>
    public static IReadOnlyList<DetectorEntry> Standard(int dimension) => [.. DetectorCatalog.All.Where(e => e.Traits.HasFlag(DetectorTraits.AllocationFree) && Takes(e, dimension))];

    public static bool Takes(DetectorEntry entry, int dimension) => dimension == 1 || entry.Traits.HasFlag(DetectorTraits.Multivariate);

    /// <summary>Runs every detector; one that never got warm is left out of the judging and has zeros.</summary>
    /// <param name="series">The series.</param>
    /// <param name="entries">Detectors in their order.</param>
    /// <param name="done">Told the name of each when it is done.</param>
    public static Comparison Of(LabelledSeries series, IReadOnlyList<DetectorEntry> entries, Action<string> done)
    {
        var runs = new List<SeriesRun>();
        foreach (var entry in entries)
        {
            runs.Add(SeriesRun.Of(entry, series));
            done(entry.Name);
        }

        SeriesRun[] warm = [.. runs.Where(r => r.WarmAt < series.Rows)];
        var from = warm.Length == 0 ? series.Rows : warm.Max(r => r.WarmAt);
        return new Comparison(series, runs, from, [.. warm.Select(r => RunFigures.Of(r, series, from)).OfType<RunFigures>().OrderByDescending(f => f.Volume.Pr)]);
    }
}
