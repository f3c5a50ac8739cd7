using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Engine.Settings;

/// <summary>Settings to a detection profile.</summary>
public static class ProfileBuilder
{
    private const int ResolveAfter = 20;

    /// <summary>The profile of <paramref name="settings"/>, which must be without <see cref="Errors"/>.</summary>
    public static DetectionProfile Build(JudgementSettings settings)
    {
        var profile = Basis(settings);
        Set(profile, settings);
        return profile with
        {
            LearnGate = settings.LearnGate ?? profile.LearnGate,
            Threshold = ThresholdOf(profile.Threshold, settings),
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
                errors.AddRange(OptionsCheck.Problems(options).Select(p => $"{entry.Name}: {p}"));
            }

            var threshold = ThresholdOf(profile.Threshold, settings);
            if (threshold.Moderate > threshold.Extreme)
            {
                errors.Add($"Moderate {threshold.Moderate} is above Extreme {threshold.Extreme}");
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

    private static ThresholdOptions ThresholdOf(ThresholdOptions own, JudgementSettings settings) => own with
    {
        Threshold = settings.Threshold ?? own.Threshold,
        Moderate = settings.Moderate ?? own.Moderate,
        Extreme = settings.Extreme ?? own.Extreme,
        ResolveAfter = settings.ResolveAfter ?? own.ResolveAfter,
    };

    /// <summary>The named profile, or that of the one detector.</summary>
    private static DetectionProfile Basis(JudgementSettings settings)
    {
        if (settings.Profile is { } name)
        {
            return ProfileCatalog.Get(name).Build();
        }

        var entry = DetectorCatalog.Get(settings.Detector ?? JudgementSettings.StandardDetector);
        return new DetectionProfile
        {
            Name = entry.Name,
            Detectors = [(entry, entry.Defaults())],
            Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
            Calibrate = entry.ProfileDefaults.Calibrate,
            Threshold = new() { Threshold = entry.ProfileDefaults.Threshold, ResolveAfter = ResolveAfter },
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
