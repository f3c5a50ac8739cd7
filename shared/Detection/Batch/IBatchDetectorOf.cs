namespace Tidewatch.Detection.Batch;

/// <summary>What the catalogue needs of a batch detector type.</summary>
public interface IBatchDetector<TSelf, TOptions> : IBatchDetector
    where TSelf : IBatchDetector<TSelf, TOptions>
    where TOptions : DetectorOptions, new()
{
    /// <summary>Name in configuration, kebab-case, the field's standard term.</summary>
    static abstract string Name { get; }

    /// <summary>One sentence for the generated tables.</summary>
    static abstract string Summary { get; }

    /// <summary>Whether scores stop growing beyond the fitted rows' range; on a stream the distance beyond it then counts as well.</summary>
    static virtual bool Saturates => false;

    /// <summary>A new model that was not fitted; <paramref name="seed"/> decides every random choice.</summary>
    static abstract TSelf Create(TOptions options, ulong seed);
}
