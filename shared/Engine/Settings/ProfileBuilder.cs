using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Engine.Settings;

/// <summary>Settings to a detection profile.</summary>
public static class ProfileBuilder
{
    /// <summary>The profile of <paramref name="settings"/>, which must be without <see cref="Errors"/>.</summary>
    public static DetectionProfile Build(JudgementSettings settings)
    {
        var profile = Basis(settings);
        Set(profile, settings);
        return profile with
        {
            LearnGate = settings.LearnGate,
            Threshold = profile.Threshold with
            {
                Threshold = settings.Threshold ?? profile.Threshold.Threshold,
                Moderate = settings.Moderate,
                Extreme = settings.Extreme,
                ResolveAfter = settings.ResolveAfter,
            },
        };
    }

    /// <summary>What is wrong with <paramref name="settings"/>, with the values named.</summary>
    public static IReadOnlyList<string> Errors(JudgementSettings settings)
    {
        try
        {
            var profile = Basis(settings);
            var errors = Set(profile, settings);
            foreach (var (entry, options) in profile.Detectors.Concat(profile.FeatureDetectors ?? []))
            {
                var results = new List<ValidationResult>();
                Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
                errors.AddRange(results.Select(r => $"{entry.Name}: {r.ErrorMessage}"));
            }

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
        catch (ArgumentException e)
        {
            return [e.Message];
        }
    }

    /// <summary>The named profile, or that of the one detector.</summary>
    private static DetectionProfile Basis(JudgementSettings settings)
    {
        if (settings.Profile is { } name)
        {
            return ProfileCatalog.Get(name).Build();
        }

        var entry = DetectorCatalog.Get(settings.Detector);
        return new DetectionProfile
        {
            Name = entry.Name,
            Detectors = [(entry, entry.Defaults())],
            Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
            Calibrate = entry.ProfileDefaults.Calibrate,
            Threshold = new() { Threshold = entry.ProfileDefaults.Threshold },
        };
    }

    /// <summary>Puts what is set into the detectors' options; what cannot be put is told.</summary>
    private static List<string> Set(DetectionProfile profile, JudgementSettings settings)
    {
        var detectors = profile.Detectors.Concat(profile.FeatureDetectors ?? []).ToArray();
        var errors = new List<string>();
        foreach (var (name, value) in new[] { (nameof(settings.Window), settings.Window), (nameof(settings.WarmUp), settings.WarmUp) })
        {
            if (value is { } number && Array.FindAll(detectors, d => DetectorOptionSetter.TrySet(d.Options, name, number)).Length == 0)
            {
                errors.Add($"{profile.DetectorName} has no {name}: leave {name} {number} out");
            }
        }

        foreach (var (detector, options) in settings.Options ?? [])
        {
            var targets = detectors.Where(d => string.Equals(d.Entry.Name, detector, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (targets.Length == 0)
            {
                errors.Add($"Options: {profile.Name} has no detector '{detector}'; it has {string.Join(", ", detectors.Select(d => d.Entry.Name).Distinct(StringComparer.Ordinal))}");
            }

            errors.AddRange(targets.SelectMany(t => options.Select(o => DetectorOptionSetter.Set(t.Options, o.Key, o.Value)).OfType<string>().Select(e => $"{t.Entry.Name}: {e}")));
        }

        return errors;
    }
}
