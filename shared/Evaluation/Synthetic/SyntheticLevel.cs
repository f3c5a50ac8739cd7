namespace Tidewatch.Evaluation.Synthetic;

/// <summary>How hard the anomalies are to tell from the noise.</summary>
public enum SyntheticLevel
{
    /// <summary>As a well instrumented system shows them.</summary>
    Realistic,

    /// <summary>Weaker and shorter anomalies in louder noise, with more drift and more missing data.</summary>
    Hard,
}
