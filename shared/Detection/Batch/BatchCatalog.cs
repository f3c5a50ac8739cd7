using System.Collections.Frozen;

namespace Tidewatch.Detection.Batch;

/// <summary>Every batch detector, a line each. Contract tests, benchmarks and the generated docs enumerate it.</summary>
public static class BatchCatalog
{
    public static IReadOnlyList<BatchEntry> All { get; } =
    [
        BatchEntry.Of<CblofBatch, CblofBatchOptions>(),
        BatchEntry.Of<CopodBatch, CopodBatchOptions>(),
        BatchEntry.Of<DbscanBatch, DbscanBatchOptions>(),
        BatchEntry.Of<EcodBatch, EcodBatchOptions>(),
        BatchEntry.Of<ExtendedIsolationForestBatch, ExtendedIsolationForestBatchOptions>(),
        BatchEntry.Of<GmmBatch, GmmBatchOptions>(),
        BatchEntry.Of<HbosBatch, HbosBatchOptions>(),
        BatchEntry.Of<HistoryEnsembleBatch, HistoryEnsembleBatchOptions>(),
        BatchEntry.Of<IsolationForestBatch, IsolationForestBatchOptions>(),
        BatchEntry.Of<KnnBatch, KnnBatchOptions>(),
        BatchEntry.Of<LofBatch, LofBatchOptions>(),
        BatchEntry.Of<MahalanobisBatch, MahalanobisBatchOptions>(),
        BatchEntry.Of<McdBatch, McdBatchOptions>(),
        BatchEntry.Of<OneClassSvmBatch, OneClassSvmBatchOptions>(),
        BatchEntry.Of<PcaBatch, PcaBatchOptions>(),
        BatchEntry.Of<TabularEnsembleBatch, TabularEnsembleBatchOptions>(),
    ];

    private static FrozenDictionary<string, BatchEntry> _byName = ByName(All);

    /// <summary>Every batch detector that <see cref="Get"/> finds, by name.</summary>
    public static IReadOnlyList<BatchEntry> Known => [.. _byName.Values.OrderBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>The batch detector named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static BatchEntry Get(string name) => _byName.TryGetValue(name, out var entry)
        ? entry
        : throw new ArgumentException($"there is no batch detector '{name}'; there are {string.Join(", ", Known.Select(e => e.Name))}", nameof(name));

    /// <summary>Lets <see cref="Get"/> find <paramref name="more"/> as well, once at the start of a program that has their runtimes.</summary>
    public static void Include(IEnumerable<BatchEntry> more) => _byName = ByName(_byName.Values.Concat(more).DistinctBy(e => e.Name, StringComparer.OrdinalIgnoreCase));

    private static FrozenDictionary<string, BatchEntry> ByName(IEnumerable<BatchEntry> entries) => entries.ToFrozenDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);
}
