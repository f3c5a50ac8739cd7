using System.ComponentModel;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Contracts;

/// <summary>One change of an anomaly's life, as published to <c>alerts.v1</c>: the product's public contract.</summary>
public sealed record Alert
{
    /// <summary>Deterministic id (see <see cref="AlertIdentity"/>): the same input gives the same id, so a reader can deduplicate.</summary>
    public required string Id { get; init; }

    /// <summary>Identity of the alerting thing, a hash of series and detector; also the record's key.</summary>
    public required string Key { get; init; }

    /// <summary>What this record says about the anomaly.</summary>
    public required AlertState State { get; init; }

    /// <summary>The series of the anomalous observation.</summary>
    public required string Series { get; init; }

    /// <summary>The domain of the observation's topic, such as <c>hosts</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>Name of the detector or ensemble that decided.</summary>
    public required string Detector { get; init; }

    /// <summary>Event time of the observation, UTC; never the wall clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Event time of the observation that opened the alert, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The observed value; for several features the one that deviates most.</summary>
    public required double Value { get; init; }

    /// <summary>Where the value would have been normal, if the detector can say.</summary>
    public ExpectedRange? Expected { get; init; }

    /// <summary>Distance from the expected centre in standard deviations, if known.</summary>
    public double? ZScore { get; init; }

    /// <summary>Anomaly score in [0, 1], 1 is worst.</summary>
    public required double Score { get; init; }

    /// <summary>The score from which an observation counts as anomalous.</summary>
    public required double Threshold { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Which way the value left its range.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Why, for a person: one sentence with the figures that decided.</summary>
    public required string Reason { get; init; }

    /// <summary>Names and values of the features of a series with several measures.</summary>
    public IReadOnlyDictionary<string, double>? Features { get; init; }

    /// <summary>What made the score, for a decision that several features or detectors had a part in; absent for resolved alerts.</summary>
    public AlertContributions? Contributions { get; init; }

    /// <summary>95 % confidence interval of the mean score of the ensemble's members; absent for a single detector.</summary>
    public ScoreInterval? Interval { get; init; }

    /// <summary>How far the ensemble's members disagree, 0 (all say the same) to 1 (half say 0, half say 1); absent for a single detector.</summary>
    public double? Disagreement { get; init; }

    /// <summary>The observation's attributes, unchanged.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Ground truth of the observation, if it was labelled.</summary>
    public bool? Label { get; init; }

    /// <summary>The input record that caused it: where to look it up, and what the audit counts by.</summary>
    public SourcePosition? Source { get; init; }

    /// <summary>True while the state was rebuilt from nothing after a loss that policy allowed.</summary>
    public bool ColdStart { get; init; }
}

/// <summary>The normal range of a value at one instant, in the value's own unit.</summary>
public sealed record ExpectedRange(double Lower, double Center, double Upper);

/// <summary>Who and what had a part in a score; each list from the largest share, at most five, none below 0.001.</summary>
/// <param name="Features">Features by their part in the statistic of the detector that scored highest; null for a single feature and where the detector cannot say.</param>
/// <param name="Exact">Whether the features' parts sum to that statistic; false for those of a linear model fitted around the observation.</param>
/// <param name="Detectors">Members of the ensemble by what the score would lose without them; null for a single detector.</param>
public sealed record AlertContributions(IReadOnlyList<Contribution>? Features, bool? Exact, IReadOnlyList<Contribution>? Detectors);

/// <summary>A part in a score.</summary>
/// <param name="Name">Name of a feature or of a detector.</param>
/// <param name="Share">Its share, 0.001 to 1, to three places; all of them, those that are not listed too, sum to 1.</param>
public sealed record Contribution(string Name, double Share);

/// <summary>An interval of scores, in [0, 1].</summary>
public sealed record ScoreInterval(double Lower, double Upper);

/// <summary>Where a record stands in Kafka.</summary>
public sealed record SourcePosition(string Topic, int Partition, long Offset);

/// <summary>A step in an alert's life.</summary>
public enum AlertState
{
    /// <summary>The series has become anomalous.</summary>
    Opened,

    /// <summary>Still anomalous, and the severity rose.</summary>
    Updated,

    /// <summary>The series is normal again.</summary>
    Resolved,

    /// <summary>A later observation or feedback changed what was said.</summary>
    Corrected,

    /// <summary>Feedback took the alert back.</summary>
    Retracted,
}

/// <summary>How bad an anomaly is; ordered. <see cref="SeverityAlias"/> has other words for the same.</summary>
[TypeConverter(typeof(SeverityTextConverter))]
public enum Severity
{
    /// <summary>Not anomalous.</summary>
    None,

    /// <summary>Just beyond the threshold.</summary>
    Mild,

    /// <summary>Clearly beyond it.</summary>
    Moderate,

    /// <summary>Far beyond it.</summary>
    Extreme,
}

/// <summary>Which way a value left its expected range.</summary>
public enum Direction
{
    /// <summary>No range, or within it.</summary>
    None,

    /// <summary>Above the range.</summary>
    Spike,

    /// <summary>Below the range.</summary>
    Dip,
}
