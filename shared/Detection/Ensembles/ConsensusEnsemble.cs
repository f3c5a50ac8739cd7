namespace Tidewatch.Detection.Ensembles;

/// <summary>The score that at least a share of the detectors reach: 0.5 is the median, 1 asks all of them and is the minimum.</summary>
/// <param name="share">Share that must agree, in (0, 1]; default 0.6.</param>
public sealed class ConsensusEnsemble(double share = 0.6) : IEnsemble
{
    public string Name => "consensus";

    public double Combine(ReadOnlySpan<double> scores)
    {
        Span<double> sorted = stackalloc double[scores.Length];
        scores.CopyTo(sorted);
        sorted.Sort();
        var wanted = Math.Clamp((int)Math.Ceiling(share * scores.Length), 1, scores.Length);
        return sorted[^wanted];
    }
}
