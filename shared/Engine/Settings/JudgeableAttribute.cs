using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Engine.Settings;

/// <summary>What is set must make profiles: detectors that exist, with options within their own bounds.</summary>
/// <remarks>On a property, not the record: checks of whole records are left out as soon as one property is wrong, and all errors are to be reported together.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JudgeableAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        IReadOnlyList<string> errors = (value, validationContext.ObjectInstance) switch
        {
            (IReadOnlyList<ProfileSettings> profiles, JudgementSettings settings) => [.. profiles.SelectMany((p, i) => p.Errors(settings).Select(e => $"{i}: {e}"))],
            (_, JudgementSettings settings) => ProfileBuilder.Errors(settings),
            _ => [],
        };
        return errors.Count == 0 ? ValidationResult.Success : new ValidationResult(string.Join("; ", errors), [validationContext.MemberName!]);
    }
}
