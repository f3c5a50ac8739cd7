namespace Tidewatch.Detection;

/// <summary>What a detector can do; contract tests and generated tables read them.</summary>
[Flags]
public enum DetectorTraits
{
    None = 0,

    /// <summary>Uses only the first feature.</summary>
    Univariate = 1,

    /// <summary>Uses every feature.</summary>
    Multivariate = 2,

    /// <summary>Score and learn allocate nothing once warm.</summary>
    AllocationFree = 4,

    /// <summary>Gives an expected range.</summary>
    Expects = 8,

    /// <summary>Needs event times that say something (season, silence).</summary>
    UsesTime = 16,

    /// <summary>Says exactly what each feature adds to its statistic; others with an expected range, or a usual value of each feature, are explained by a surrogate.</summary>
    Additive = 32,
}
