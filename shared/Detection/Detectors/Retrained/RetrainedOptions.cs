using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Detectors.Retrained;

/// <summary>Options of <see cref="RetrainedDetector{TModel, TModelOptions}"/>.</summary>
public sealed record RetrainedOptions<TModelOptions> : DetectorOptions
    where TModelOptions : DetectorOptions, new()
{
    /// <summary>Samples in the window the model is fitted to, 32 to 16,384; default 512.</summary>
    [Range(32, 16_384)]
    public int Window { get; init; } = 512;

    /// <summary>Samples before the first model, 32 to <see cref="Window"/>; default 128.</summary>
    [Range(32, 16_384)]
    public int WarmUp { get; init; } = 128;

    /// <summary>Samples learned between two models, 1 to 1,000,000; default 256.</summary>
    [Range(1, 1_000_000)]
    public int RetrainEvery { get; init; } = 256;

    /// <summary>Distance above the fitted scores' median, in distances of their 99th percentile from it, that scores 0.5, 0.5 to 100; default 2.</summary>
    [Range(0.5, 100)]
    public double Width { get; init; } = 2;

    /// <summary>Options of the model itself.</summary>
    public TModelOptions Model { get; init; } = new();
}
