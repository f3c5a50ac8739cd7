using System.Collections.Frozen;
using Tidewatch.Detection.Detectors;
using Tidewatch.Detection.Detectors.Neural;

namespace Tidewatch.Detection;

/// <summary>Every detector, a line each. Contract tests, benchmarks and the generated docs enumerate it.</summary>
public static class DetectorCatalog
{
    public static IReadOnlyList<DetectorEntry> All { get; } =
    [
        DetectorEntry.Of<AdversarialDetector, AdversarialOptions>(),
        DetectorEntry.Of<AutoencoderDetector, AutoencoderOptions>(),
        DetectorEntry.Of<ConvolutionMemoryDetector, ConvolutionMemoryOptions>(),
        DetectorEntry.Of<HourOfDayResidualDetector, HourOfDayResidualOptions>(),
        DetectorEntry.Of<IsolationForestDetector, IsolationForestOptions>(),
        DetectorEntry.Of<LeftDiscordDetector, LeftDiscordOptions>(),
        DetectorEntry.Of<LstmAutoencoderDetector, LstmAutoencoderOptions>(),
        DetectorEntry.Of<RangeNoveltyDetector, RangeNoveltyOptions>(),
        DetectorEntry.Of<RelativeEntropyDetector, RelativeEntropyOptions>(),
        DetectorEntry.Of<SurpriseEnsembleDetector, SurpriseEnsembleOptions>(),
        DetectorEntry.Of<VariationalAutoencoderDetector, VariationalAutoencoderOptions>(),
        DetectorEntry.Of<ZScoreDetector, ZScoreOptions>(),
    ];

    private static readonly FrozenDictionary<string, DetectorEntry> ByName = All.ToFrozenDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The detector named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static DetectorEntry Get(string name) => ByName.TryGetValue(name, out var entry)
        ? entry
        : throw new ArgumentException($"there is no detector '{name}'; there are {string.Join(", ", All.Select(e => e.Name))}", nameof(name));
}
