using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Tidewatch.Detection;

namespace Tidewatch.Models;

/// <summary>Options of <see cref="OnnxDetector"/>.</summary>
/// <remarks>They are valid when the file can be scored with: what cannot be told before a series is there is its number of features.</remarks>
public sealed record OnnxOptions : DetectorOptions, IValidatableObject
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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var problem = Problem();
        return problem is null ? [] : [new ValidationResult(problem, [nameof(Path)])];
    }

    /// <summary>Another file of the same name is another model.</summary>
    public override string Identity() => $"{this} {(File.Exists(Path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path))) : "")}";

    private string? Problem()
    {
        try
        {
            return OnnxModel.DeclaredWidth(Path, Input, Output) is { } width && width % Length != 0
                ? $"{Path} takes rows of {width} values, which are no {Length} observations: set Length to a divisor of {width}"
                : null;
        }
        catch (ModelFileException e)
        {
            return e.Message;
        }
    }
}
