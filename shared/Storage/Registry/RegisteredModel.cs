namespace Tidewatch.Storage.Registry;

/// <summary>A version of a named model.</summary>
public sealed record RegisteredModel
{
    public required string Name { get; init; }

    /// <summary>From 1, given by the registry.</summary>
    public long Version { get; init; }

    public ModelStage Stage { get; init; }

    /// <summary>Name in the catalogue.</summary>
    public required string Detector { get; init; }

    /// <summary>Where the model file was when it was registered.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The run it came from, if one was recorded.</summary>
    public string? RunId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedMs { get; init; }
}
