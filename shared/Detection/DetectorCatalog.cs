using System.Collections.Frozen;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Detectors.Automatic;
using Tidewatch.Detection.Detectors.Charts;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Detectors.Graphs;
using Tidewatch.Detection.Detectors.Kernels;
using Tidewatch.Detection.Detectors.Neural;
using Tidewatch.Detection.Detectors.Retrained;
using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.Detectors.Shapes;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.Detectors.Tails;

namespace Tidewatch.Detection;

/// <summary>Every detector, a line each. Contract tests, benchmarks and the generated docs enumerate it.</summary>
public static class DetectorCatalog
{
    public static IReadOnlyList<DetectorEntry> All { get; } =
    [
        DetectorEntry.Of<AdversarialDetector, AdversarialOptions>(),
        DetectorEntry.Of<AutoDetector, AutoOptions>(),
        DetectorEntry.Of<AutoencoderDetector, AutoencoderOptions>(),
        DetectorEntry.Of<AutoregressionDetector, AutoregressionOptions>(),
        DetectorEntry.Of<CalendarResidualDetector, CalendarResidualOptions>(),
        DetectorEntry.Of<CommunityChangeDetector, CommunityChangeOptions>(),
        DetectorEntry.Of<ContextualDetector, ContextualOptions>(),
        DetectorEntry.Of<ConvolutionMemoryDetector, ConvolutionMemoryOptions>(),
        DetectorEntry.Of<CusumDetector, CusumOptions>(),
        DetectorEntry.Of<EwmaChartDetector, EwmaChartOptions>(),
        DetectorEntry.Of<EwmaDetector, EwmaOptions>(),
        DetectorEntry.Of<GraphDeviationDetector, GraphDeviationOptions>(),
        DetectorEntry.Of<HalfSpaceTreesDetector, HalfSpaceTreesOptions>(),
        DetectorEntry.Of<HoltWintersDetector, HoltWintersOptions>(),
        DetectorEntry.Of<HourOfDayResidualDetector, HourOfDayResidualOptions>(),
        DetectorEntry.Of<HourOfWeekDetector, HourOfWeekOptions>(),
        DetectorEntry.Of<InterquartileDetector, InterquartileOptions>(),
        DetectorEntry.Of<IsolationForestDetector, IsolationForestOptions>(),
        DetectorEntry.Of<KnnCadDetector, KnnCadOptions>(),
        DetectorEntry.Of<LeftDiscordDetector, LeftDiscordOptions>(),
        DetectorEntry.Of<LocalPolynomialDetector, LocalPolynomialOptions>(),
        DetectorEntry.Of<LstmAutoencoderDetector, LstmAutoencoderOptions>(),
        DetectorEntry.Of<MahalanobisDetector, MahalanobisOptions>(),
        DetectorEntry.Of<ModifiedZScoreDetector, ModifiedZScoreOptions>(),
        DetectorEntry.Of<MovingAverageDetector, MovingAverageOptions>(),
        DetectorEntry.Of<MultiScaleDiscordDetector, MultiScaleDiscordOptions>(),
        DetectorEntry.Of<OnlineIsolationForestDetector, OnlineIsolationForestOptions>(),
        DetectorEntry.Of<OnlineOneClassSvmDetector, OnlineOneClassSvmOptions>(),
        DetectorEntry.Of<RandomCutForestDetector, RandomCutForestOptions>(),
        DetectorEntry.Of<RangeNoveltyDetector, RangeNoveltyOptions>(),
        DetectorEntry.Of<RelativeEntropyDetector, RelativeEntropyOptions>(),
        DetectorEntry.Of<RetrainedDetector<CblofBatch, CblofBatchOptions>, RetrainedOptions<CblofBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<CopodBatch, CopodBatchOptions>, RetrainedOptions<CopodBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<DbscanBatch, DbscanBatchOptions>, RetrainedOptions<DbscanBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<EcodBatch, EcodBatchOptions>, RetrainedOptions<EcodBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<ExtendedIsolationForestBatch, ExtendedIsolationForestBatchOptions>, RetrainedOptions<ExtendedIsolationForestBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<GmmBatch, GmmBatchOptions>, RetrainedOptions<GmmBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<HbosBatch, HbosBatchOptions>, RetrainedOptions<HbosBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<KnnBatch, KnnBatchOptions>, RetrainedOptions<KnnBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<LofBatch, LofBatchOptions>, RetrainedOptions<LofBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<McdBatch, McdBatchOptions>, RetrainedOptions<McdBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<OneClassSvmBatch, OneClassSvmBatchOptions>, RetrainedOptions<OneClassSvmBatchOptions>>(),
        DetectorEntry.Of<RetrainedDetector<PcaBatch, PcaBatchOptions>, RetrainedOptions<PcaBatchOptions>>(),
        DetectorEntry.Of<RollingRmsDetector, RollingRmsOptions>(),
        DetectorEntry.Of<ShewhartDetector, ShewhartOptions>(),
        DetectorEntry.Of<SilenceDetector, SilenceOptions>(),
        DetectorEntry.Of<SpectralResidualDetector, SpectralResidualOptions>(),
        DetectorEntry.Of<SpotDetector, SpotOptions>(),
        DetectorEntry.Of<StlDetector, StlOptions>(),
        DetectorEntry.Of<StuckValueDetector, StuckValueOptions>(),
        DetectorEntry.Of<SurpriseEnsembleDetector, SurpriseEnsembleOptions>(),
        DetectorEntry.Of<VariationalAutoencoderDetector, VariationalAutoencoderOptions>(),
        DetectorEntry.Of<ZScoreDetector, ZScoreOptions>(),
    ];

    private static FrozenDictionary<string, DetectorEntry> _byName = ByName(All);

    /// <summary>Every detector that <see cref="Get"/> finds, by name.</summary>
    public static IReadOnlyList<DetectorEntry> Known => [.. _byName.Values.OrderBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>The detector named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static DetectorEntry Get(string name) => _byName.TryGetValue(name, out var entry)
        ? entry
        : throw new ArgumentException($"there is no detector '{name}'; there are {string.Join(", ", Known.Select(e => e.Name))}", nameof(name));

    /// <summary>Lets <see cref="Get"/> find <paramref name="more"/> as well, once at the start of a program that has their runtimes.</summary>
    public static void Include(IEnumerable<DetectorEntry> more) => _byName = ByName(_byName.Values.Concat(more).DistinctBy(e => e.Name, StringComparer.OrdinalIgnoreCase));

    private static FrozenDictionary<string, DetectorEntry> ByName(IEnumerable<DetectorEntry> entries) => entries.ToFrozenDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);
}
