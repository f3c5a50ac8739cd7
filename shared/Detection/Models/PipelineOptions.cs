namespace Tidewatch.Detection.Models;

/// <summary>What a model of <see cref="ModelKind.Profile"/> was trained under: enough to build the same pipeline, and to see that it is the same.</summary>
public sealed record PipelineOptions : DetectorOptions
{
    /// <summary>Id of the series, which found its entry among the profiles and seeds every random choice.</summary>
    public required string Series { get; init; }

    /// <summary>Settings of section <c>Detector</c> by their path, such as <c>Profile</c> or <c>Profiles:0:Match</c>.</summary>
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    /// <summary>Names of the detectors that learned, in their order.</summary>
    public required IReadOnlyList<string> Detectors { get; init; }

    /// <summary>Hash, as hexadecimal text, of every default and setting that decides about scores: a release that judges otherwise does not go on from the model.</summary>
    public required string Rules { get; init; }
}
