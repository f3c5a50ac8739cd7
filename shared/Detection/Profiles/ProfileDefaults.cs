namespace Tidewatch.Detection.Profiles;

/// <summary>How a detector's series are judged where the settings say nothing.</summary>
public sealed record ProfileDefaults
{
    /// <summary>Score from which an observation is anomalous, in (0, 1]; default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Whether a score counts by its rarity among the detector's own past scores; default false. For statistics that have no unit.</summary>
    public bool Calibrate { get; init; }

    /// <summary>Features of a series with one value; default the value itself.</summary>
    public IReadOnlyList<string> Features { get; init; } = ["value"];
}
