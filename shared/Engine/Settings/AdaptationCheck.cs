using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Profiles;

namespace Tidewatch.Engine.Settings;

/// <summary>Whether a profile can adapt as its settings say.</summary>
internal static class AdaptationCheck
{
    private const int LeastVoting = 3;

    /// <summary>What is wrong with <paramref name="adaptation"/> for the detectors of <paramref name="profile"/>.</summary>
    public static IEnumerable<string> Errors(DetectionProfile profile, AdaptationOptions? adaptation)
    {
        if (adaptation is null)
        {
            return [];
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(adaptation, new ValidationContext(adaptation), results, validateAllProperties: true);
        var voting = Math.Min(profile.Detectors.Count, profile.FeatureDetectors?.Count ?? int.MaxValue);
        string[] few = adaptation.Spares.Count > 0 && voting < LeastVoting ? [$"Spares wait for a place among {voting} detectors, whose median says nothing: give at least {LeastVoting} in Detectors"] : [];
        string[] all = adaptation.SelectAfter > 0 && adaptation.Keep >= voting ? [$"Keep {adaptation.Keep} of {voting} detectors leaves nothing to select: give at least {adaptation.Keep + 1} in Detectors"] : [];
        return results.Select(r => r.ErrorMessage!).Concat(few).Concat(all).Select(e => $"Adaptation: {e}");
    }
}
