using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection;
using Tidewatch.Detection.Features;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Engine.Settings;

/// <summary>Settings to a detection profile.</summary>
public static class ProfileBuilder
{
    private const string SeveralName = "ensemble";
    private static readonly ThresholdOptions Standard = new() { ResolveAfter = 20 };

    /// <summary>The profile of <paramref name="settings"/>, which must be without <see cref="Errors"/>.</summary>
    public static DetectionProfile Build(JudgementSettings settings)
    {
        var profile = Basis(settings);
        Set(profile, settings);
        return profile with
        {
            Adaptation = settings.Adaptation,
            LearnGate = settings.LearnGate ?? profile.LearnGate,
            Threshold = ThresholdOf(profile.Threshold, settings),
            Ensemble = settings.Ensemble ?? profile.Ensemble,
            Calibrate = settings.Calibrate ?? profile.Calibrate,
        };
    }

    /// <summary>Everything that is wrong with <paramref name="settings"/>, with the values named.</summary>
    public static IReadOnlyList<string> Errors(JudgementSettings settings)
    {
        var errors = Unknown(settings).ToList();
        if (errors.Count == 0)
        {
            var profile = Basis(settings);
            errors.AddRange(Set(profile, settings));
            errors.AddRange(All(profile).SelectMany(d => OptionsCheck.Problems(d.Options).Select(p => $"{d.Entry.Name}: {p}")));
            errors.AddRange(Several(profile, settings));
            errors.AddRange(AdaptationCheck.Errors(profile, settings.Adaptation));
        }

        var (moderate, extreme) = (settings.Moderate ?? Standard.Moderate, settings.Extreme ?? Standard.Extreme);
        if (moderate > extreme)
        {
            errors.Add($"Moderate {moderate} is above Extreme {extreme}");
        }

        if (settings.WarmUp > (settings.Window ?? int.MaxValue))
        {
            errors.Add($"WarmUp {settings.WarmUp} is longer than Window {settings.Window}");
        }

        return errors;
    }

    /// <summary>Names that no catalogue has.</summary>
    private static IEnumerable<string> Unknown(JudgementSettings settings) => UnknownJudges(settings).Concat(settings.Adaptation?.Spares.SelectMany(n => Told(n, DetectorCatalog.Get)) ?? []);

    private static IEnumerable<string> UnknownJudges(JudgementSettings settings)
    {
        if (settings.Profile is { } profile)
        {
            return Told(profile, ProfileCatalog.Get);
        }

        return settings.Detectors is { Count: > 0 } names ? names.SelectMany(n => Told(n, DetectorCatalog.Get)) : Told(settings.Detector ?? JudgementSettings.StandardDetector, DetectorCatalog.Get);
    }

    private static string[] Told<T>(string name, Func<string, T> get)
    {
        try
        {
            get(name);
            return [];
        }
        catch (ArgumentException e)
        {
            return [e.Message];
        }
    }

    /// <summary>What is wrong with how several scores become one.</summary>
    private static IEnumerable<string> Several(DetectionProfile profile, JudgementSettings settings)
    {
        var results = new List<ValidationResult>();
        if (settings.Ensemble is { } ensemble && !Validator.TryValidateObject(ensemble, new ValidationContext(ensemble), results, validateAllProperties: true))
        {
            return results.Select(r => $"Ensemble: {r.ErrorMessage}");
        }

        var most = Math.Max(profile.Detectors.Count, profile.FeatureDetectors?.Count ?? 0);
        return settings.Ensemble?.Weights.Count > most ? [$"Ensemble: {settings.Ensemble.Weights.Count} Weights for {most} detectors: give at most one each"] : [];
    }

    private static IEnumerable<(DetectorEntry Entry, DetectorOptions Options)> All(DetectionProfile profile) => profile.Detectors.Concat(profile.FeatureDetectors ?? []).Concat(profile.Spares);

    private static ThresholdOptions ThresholdOf(ThresholdOptions own, JudgementSettings settings) => own with
    {
        Threshold = settings.Threshold ?? own.Threshold,
        Moderate = settings.Moderate ?? own.Moderate,
        Extreme = settings.Extreme ?? own.Extreme,
        ResolveAfter = settings.ResolveAfter ?? own.ResolveAfter,
        Rule = settings.Rule ?? own.Rule,
        Quantile = settings.Quantile ?? own.Quantile,
        Risk = settings.Risk ?? own.Risk,
        Direction = settings.Direction ?? own.Direction,
        MinimumChange = settings.MinimumChange ?? own.MinimumChange,
        MinimumRelativeChange = settings.MinimumRelativeChange ?? own.MinimumRelativeChange,
        Release = settings.Release ?? own.Release,
        Refractory = settings.Refractory ?? own.Refractory,
    };

    /// <summary>Who judges, and who waits for a place.</summary>
    private static DetectionProfile Basis(JudgementSettings settings) => Judges(settings) with
    {
        Spares = [.. (settings.Adaptation?.Spares ?? []).Select(DetectorCatalog.Get).Select(e => (e, e.Defaults()))],
    };

    /// <summary>The named profile, that of several detectors on the value, or that of the one detector.</summary>
    private static DetectionProfile Judges(JudgementSettings settings)
    {
        if (settings.Profile is { } name)
        {
            return ProfileCatalog.Get(name).Build();
        }

        if (settings.Detectors is { Count: > 0 } names)
        {
            DetectorEntry[] entries = [.. names.Select(DetectorCatalog.Get)];
            return new DetectionProfile { Name = SeveralName, Detectors = [.. entries.Select(e => (e, e.Defaults()))], Calibrate = entries.Any(e => e.ProfileDefaults.Calibrate), Threshold = Standard };
        }

        var entry = DetectorCatalog.Get(settings.Detector ?? JudgementSettings.StandardDetector);
        return new DetectionProfile
        {
            Name = entry.Name,
            Detectors = [(entry, entry.Defaults())],
            Features = [.. entry.ProfileDefaults.Features.Select(FeatureCatalog.Get)],
            Calibrate = entry.ProfileDefaults.Calibrate,
            Threshold = Standard with { Threshold = entry.ProfileDefaults.Threshold },
        };
    }

    /// <summary>Puts what is set into the detectors' options; what cannot be put is told.</summary>
    private static List<string> Set(DetectionProfile profile, JudgementSettings settings)
    {
        var detectors = All(profile).ToArray();
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
