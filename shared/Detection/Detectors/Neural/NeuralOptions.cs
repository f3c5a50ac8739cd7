using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>What the small networks have in common.</summary>
public abstract record NeuralOptions : DetectorOptions
{
    /// <summary>Samples in a window, 4 to 128; default 16. With several features a window is the sample itself.</summary>
    [Range(4, 128)]
    public int Length { get; init; } = 16;

    /// <summary>Windows kept for training, 32 to 4,096; default 256.</summary>
    [Range(32, 4_096)]
    public int TrainingWindows { get; init; } = 256;

    /// <summary>Hidden units, 2 to 128; default 12.</summary>
    [Range(2, 128)]
    public int Hidden { get; init; } = 12;

    /// <summary>Units of the narrowest layer, 1 to 64; default 4.</summary>
    [Range(1, 64)]
    public int Latent { get; init; } = 4;

    /// <summary>Passes over the training windows, 1 to 1,000; default 30.</summary>
    [Range(1, 1_000)]
    public int Epochs { get; init; } = 30;

    /// <summary>Windows of one step, 1 to 256; default 16.</summary>
    [Range(1, 256)]
    public int BatchSize { get; init; } = 16;

    /// <summary>Adam's rate, 0.00001 to 1; default 0.01.</summary>
    [Range(0.00001, 1)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Samples learned between two trainings, 64 to 1,000,000; default 2,048.</summary>
    [Range(64, 1_000_000)]
    public int RetrainEvery { get; init; } = 2_048;

    /// <summary>Samples between the start of a training and the switch to its result, 0 to 100,000; default 32. Training runs in the background meanwhile; the switch waits for it, so the switch point is the same in every run.</summary>
    [Range(0, 100_000)]
    public int SwitchAfter { get; init; } = 32;
}
