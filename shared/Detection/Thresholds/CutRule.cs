namespace Tidewatch.Detection.Thresholds;

/// <summary>How the score from which an observation is anomalous is found.</summary>
public enum CutRule
{
    /// <summary><see cref="ThresholdOptions.Threshold"/>, always.</summary>
    Fixed,

    /// <summary>A quantile of the past scores.</summary>
    Quantile,

    /// <summary>The score that is exceeded with a given risk, from the tail of the past scores (SPOT).</summary>
    Spot,

    /// <summary><see cref="ThresholdOptions.Threshold"/>, moved by every correction.</summary>
    Feedback,
}
