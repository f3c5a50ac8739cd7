using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Engine.Settings;

/// <summary>Settings to a detection profile.</summary>
public static class ProfileBuilder
{
    /// <summary>The profile of <paramref name="settings"/>, which must be without <see cref="Errors"/>.</summary>
    public static DetectionProfile Build(JudgementSettings settings)
    {
        var entry = DetectorCatalog.Get(settings.Detector);
        return new DetectionProfile
        {
            Name = entry.Name,
            Detectors = [(entry, Options(entry, settings, out _))],
            Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
            Calibrate = entry.ProfileDefaults.Calibrate,
            LearnGate = settings.LearnGate,
            Threshold = new ThresholdOptions
            {
                Threshold = settings.Threshold ?? entry.ProfileDefaults.Threshold,
                Moderate = settings.Moderate,
                Extreme = settings.Extreme,
                ResolveAfter = settings.ResolveAfter,
            },
        };
    }

    /// <summary>What is wrong with <paramref name="settings"/>, with the values named.</summary>
    public static IReadOnlyList<string> Errors(JudgementSettings settings)
    {
        var entry = DetectorCatalog.All.FirstOrDefault(e => string.Equals(e.Name, settings.Detector, StringComparison.OrdinalIgnoreCase));
        if (entry is null)
        {
            return [$"there is no detector '{settings.Detector}'; there are {string.Join(", ", DetectorCatalog.All.Select(e => e.Name))}"];
        }

        var options = Options(entry, settings, out var errors);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"{entry.Name}: {r.ErrorMessage}"));
        if (settings.Moderate > settings.Extreme)
        {
            errors.Add($"Moderate {settings.Moderate} is above Extreme {settings.Extreme}");
        }

        if (settings.WarmUp > (settings.Window ?? int.MaxValue))
        {
            errors.Add($"WarmUp {settings.WarmUp} is longer than Window {settings.Window}");
        }

        return errors;
    }

    private static DetectorOptions Options(DetectorEntry entry, JudgementSettings settings, out List<string> errors)
    {
        var options = entry.Defaults();
        errors = [];
        Set(nameof(JudgementSettings.Window), settings.Window, errors);
        Set(nameof(JudgementSettings.WarmUp), settings.WarmUp, errors);
        return options;

        void Set(string name, int? value, List<string> found)
        {
            if (value is null)
            {
                return;
            }

            if (entry.OptionsType.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { } property && property.PropertyType == typeof(int))
            {
                property.SetValue(options, value);
            }
            else
            {
                found.Add($"{entry.Name} has no {name}: leave {name} {value} out");
            }
        }
    }
}
