using Tidewatch.Detection.Profiles;

namespace Tidewatch.Detection;

/// <summary>A detector in the catalogue.</summary>
public sealed class DetectorEntry
{
    private readonly Func<DetectorOptions, SeriesContext, IDetector> _create;

    private DetectorEntry(string name, string summary, DetectorTraits traits, ProfileDefaults profileDefaults, Type detectorType, Type optionsType, Func<DetectorOptions> defaults, Func<DetectorOptions, SeriesContext, IDetector> create) =>
        (Name, Summary, Traits, ProfileDefaults, DetectorType, OptionsType, Defaults, _create) = (name, summary, traits, profileDefaults, detectorType, optionsType, defaults, create);

    public string Name { get; }

    public string Summary { get; }

    public DetectorTraits Traits { get; }

    /// <summary>How series are judged by it where the settings say nothing.</summary>
    public ProfileDefaults ProfileDefaults { get; }

    public Type DetectorType { get; }

    public Type OptionsType { get; }

    /// <summary>New options with every default.</summary>
    public Func<DetectorOptions> Defaults { get; }

    public static DetectorEntry Of<TDetector, TOptions>()
        where TDetector : IDetector<TDetector, TOptions>
        where TOptions : DetectorOptions, new() =>
        new(TDetector.Name, TDetector.Summary, TDetector.Traits, TDetector.ProfileDefaults, typeof(TDetector), typeof(TOptions), () => new TOptions(), (o, c) => TDetector.Create((TOptions)o, c));

    /// <summary>A detector that has learned nothing. <paramref name="options"/> must be of <see cref="OptionsType"/>.</summary>
    public IDetector Create(DetectorOptions options, SeriesContext context) => _create(options, context);
}
