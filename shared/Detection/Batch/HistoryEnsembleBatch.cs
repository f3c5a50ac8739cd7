namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="HistoryEnsembleBatch"/>: none; other members are what <see cref="TabularEnsembleBatch"/> takes.</summary>
public sealed record HistoryEnsembleBatchOptions : DetectorOptions;

/// <summary>Mean standardised score of the Mahalanobis distance and of the distance to the neighbours, on standardised rows: the default where a history that is believed normal is at hand.</summary>
/// <remarks>The first knows how features go together and weighs every direction, also those in which history hardly moves; the second knows the states that history was in.</remarks>
public sealed class HistoryEnsembleBatch(ulong seed)
    : StandardScoreEnsemble([BatchCatalog.Get(MahalanobisBatch.Name).Create(seed), BatchCatalog.Get(KnnBatch.Name).Create(seed)]), IBatchDetector<HistoryEnsembleBatch, HistoryEnsembleBatchOptions>
{
    public static string Name => "history-ensemble";

    public static string Summary => "Mean standardised score of Mahalanobis distance and neighbours: for a history believed normal.";

    public static HistoryEnsembleBatch Create(HistoryEnsembleBatchOptions options, ulong seed) => new(seed);
}
