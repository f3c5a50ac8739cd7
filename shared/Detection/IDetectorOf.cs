using Tidewatch.Detection.Profiles;

namespace Tidewatch.Detection;

/// <summary>What the catalogue needs of a detector type: its name, its traits and how one is made.</summary>
public interface IDetector<TSelf, TOptions> : IDetector
    where TSelf : IDetector<TSelf, TOptions>
    where TOptions : DetectorOptions, new()
{
    /// <summary>Name in configuration, kebab-case, the field's standard term.</summary>
    static abstract string Name { get; }

    /// <summary>One sentence for the generated tables.</summary>
    static abstract string Summary { get; }

    /// <summary>What it can and cannot do.</summary>
    static abstract DetectorTraits Traits { get; }

    /// <summary>How series are judged by it where the settings say nothing.</summary>
    static virtual ProfileDefaults ProfileDefaults => new();

    /// <summary>A new detector that has learned nothing.</summary>
    static abstract TSelf Create(TOptions options, SeriesContext context);
}
