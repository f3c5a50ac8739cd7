namespace Tidewatch.Detection.Batch;

/// <summary>A batch detector in the catalogue.</summary>
public sealed class BatchEntry
{
    private readonly Func<DetectorOptions, ulong, IBatchDetector> _create;

    private BatchEntry(string name, string summary, Type detectorType, Type optionsType, Func<DetectorOptions> defaults, Func<DetectorOptions, ulong, IBatchDetector> create) =>
        (Name, Summary, DetectorType, OptionsType, Defaults, _create) = (name, summary, detectorType, optionsType, defaults, create);

    public string Name { get; }

    public string Summary { get; }

    public Type DetectorType { get; }

    public Type OptionsType { get; }

    /// <summary>New options with every default.</summary>
    public Func<DetectorOptions> Defaults { get; }

    public static BatchEntry Of<TDetector, TOptions>()
        where TDetector : IBatchDetector<TDetector, TOptions>
        where TOptions : DetectorOptions, new() =>
        new(TDetector.Name, TDetector.Summary, typeof(TDetector), typeof(TOptions), () => new TOptions(), (o, s) => TDetector.Create((TOptions)o, s));

    /// <summary>A model that was not fitted. <paramref name="options"/> must be of <see cref="OptionsType"/>.</summary>
    public IBatchDetector Create(DetectorOptions options, ulong seed) => _create(options, seed);

    /// <summary>A model with every default that was not fitted.</summary>
    public IBatchDetector Create(ulong seed) => _create(Defaults(), seed);
}
