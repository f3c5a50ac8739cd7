namespace Tidewatch.Contracts;

/// <summary>Why an input record was not scored: codes of dead letters and of the counter <c>tidewatch_points_rejected_total</c>.</summary>
public static class RejectCode
{
    public const string MalformedJson = "malformed_json";
    public const string WrongType = "wrong_type";
    public const string MissingField = "missing_field";
    public const string BadSeries = "bad_series";
    public const string BadTime = "bad_time";
    public const string NotFinite = "not_finite";
    public const string TooLarge = "too_large";
    public const string TooManyFeatures = "too_many_features";
    public const string FeaturesChanged = "features_changed";
    public const string FutureTime = "future_time";
    public const string TooManySeries = "too_many_series";

    /// <summary>A correction that says no known word, or no score in [0, 1].</summary>
    public const string BadFeedback = "bad_feedback";

    /// <summary>A correction of a series that has no observation.</summary>
    public const string UnknownSeries = "unknown_series";

    public const string Poison = "poison";

    /// <summary>The process died each time it applied the record.</summary>
    public const string Crash = "crash";

    /// <summary>Counted, not dead-lettered: the series already has an observation at this time.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Counted, not dead-lettered: the series already has a later observation.</summary>
    public const string OutOfOrder = "out_of_order";
}
