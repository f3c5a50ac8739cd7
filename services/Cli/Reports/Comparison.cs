using Tidewatch.Cli.Output;
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
    /// <param name="bars">Where progress goes.</param>
    public static Comparison Of(LabelledSeries series, IReadOnlyList<DetectorEntry> entries, ProgressBars bars)
    {
        var runs = bars.Run($"{entries.Count} detectors on {series.Name}", tell => entries.Select((entry, i) =>
        {
            tell((double)i / entries.Count);
            return SeriesRun.Of(entry, series);
        }).ToList());
        SeriesRun[] warm = [.. runs.Where(r => r.WarmAt < series.Rows)];
        var from = warm.Length == 0 ? series.Rows : warm.Max(r => r.WarmAt);
        return new Comparison(series, runs, from, [.. warm.Select(r => RunFigures.Of(r, series, from)).OfType<RunFigures>().OrderByDescending(f => f.Volume.Pr)]);
    }
}
