using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors.Retrained;

namespace Tidewatch.Models;

/// <summary>Detectors that need a runtime of their own, a line each. A program that wants them calls <see cref="Include"/>.</summary>
public static class ModelCatalog
{
    public static IReadOnlyList<DetectorEntry> Detectors { get; } =
    [
        DetectorEntry.Of<OnnxDetector, OnnxOptions>(),
        DetectorEntry.Of<RetrainedDetector<RandomizedPcaBatch, RandomizedPcaOptions>, RetrainedOptions<RandomizedPcaOptions>>(),
    ];

    public static IReadOnlyList<BatchEntry> Batch { get; } = [BatchEntry.Of<RandomizedPcaBatch, RandomizedPcaOptions>()];

    /// <summary>Lets the catalogues find them by name, once at the start of a program.</summary>
    public static void Include()
    {
        DetectorCatalog.Include(Detectors);
        BatchCatalog.Include(Batch);
    }
}
