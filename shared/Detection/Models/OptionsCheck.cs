using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Models;

/// <summary>Holds options against their own bounds.</summary>
public static class OptionsCheck
{
    /// <summary>Everything that is wrong with them and with options inside of them; empty for options that make a detector.</summary>
    public static IEnumerable<string> Problems(DetectorOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var values = options.GetType().GetProperties().Select(p => (p.Name, Value: p.GetValue(options))).ToArray();
        var missing = values.Where(v => v.Value is null).Select(v => $"{v.Name} is null");
        return [.. results.Select(r => r.ErrorMessage ?? "out of range"), .. missing, .. values.Select(v => v.Value).OfType<DetectorOptions>().SelectMany(Problems)];
    }
}
