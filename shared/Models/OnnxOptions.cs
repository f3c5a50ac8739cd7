using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection;

namespace Tidewatch.Models;

/// <summary>Options of <see cref="OnnxDetector"/>.</summary>
public sealed record OnnxOptions : DetectorOptions
{
    /// <summary>The model's file; there is no default.</summary>
    public string Path { get; init; } = "";

    /// <summary>Name of the input; empty (default) takes the only one.</summary>
    public string Input { get; init; } = "";

    /// <summary>Name of the output with the score; empty (default) takes the only one.</summary>
    public string Output { get; init; } = "";

    /// <summary>Successive observations that make one row of the input, oldest first, 1 to 1,024; default 1.</summary>
    [Range(1, 1_024)]
    public int Length { get; init; } = 1;

    /// <summary>Output that scores 0.5, above 0; default 0.5. Larger must mean more anomalous.</summary>
    [Range(1e-300, 1e300)]
    public double Half { get; init; } = 0.5;
}
