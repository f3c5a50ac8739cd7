namespace Tidewatch.Evaluation.Synthetic;

/// <summary>A kind of anomaly of one domain.</summary>
/// <param name="Name">Such as <c>account-takeover</c>.</param>
/// <param name="Shortest">Fewest samples it lasts.</param>
/// <param name="Longest">Most samples it lasts.</param>
/// <param name="Effects">What it does to which measures, at least one.</param>
public sealed record AnomalyKind(string Name, int Shortest, int Longest, params IReadOnlyList<Effect> Effects);

/// <summary>One anomaly of one entity.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first sample.</param>
/// <param name="Length">Samples it lasts.</param>
/// <param name="Draw">Decides its size, in [0, 1).</param>
public sealed record Anomaly(AnomalyKind Kind, long Start, int Length, double Draw);
