using Tidewatch.Contracts;

namespace Tidewatch.Evaluation.Synthetic;

/// <summary>One labelled observation, and the anomaly that made it one.</summary>
/// <param name="Observation">As it is published; its label is true exactly when <paramref name="Anomaly"/> is given.</param>
/// <param name="Anomaly">The ground truth in full, or null.</param>
public sealed record SyntheticEvent(Observation Observation, Anomaly? Anomaly);
