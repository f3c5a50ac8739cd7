using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Thresholds;

/// <summary>What was decided about one observation.</summary>
/// <param name="Score">Combined score in [0, 1].</param>
/// <param name="Level">Severity of this observation.</param>
/// <param name="Transition">What it changed.</param>
/// <param name="Feature">Index of the input value that deviates most.</param>
/// <param name="HasExpectation">Whether <paramref name="Expectation"/> says anything.</param>
/// <param name="Expectation">Where that value would have been normal.</param>
/// <param name="Worst">Severity of the alert that is open, or that this observation resolved: the worst of its observations.</param>
/// <param name="Driver">Index of the detector with the highest score; -1 while all are cold.</param>
public readonly record struct Verdict(
    double Score, AlertLevel Level, AlertTransition Transition, int Feature, bool HasExpectation, Expectation Expectation, AlertLevel Worst, int Driver)
{
    /// <summary>Score from which an observation was anomalous when this one was judged.</summary>
    public double Threshold { get; init; }

    /// <summary>What made it score so; only for an observation that opened an alert or made it worse, and only where it was asked for.</summary>
    public VerdictCause? Cause { get; init; }
}
