namespace Tidewatch.Detection.Ensembles;

/// <summary>Share of the detectors that call the observation anomalous.</summary>
/// <param name="vote">Score from which a detector does, in (0, 1]; default 0.5.</param>
public sealed class VotingEnsemble(double vote = 0.5) : IEnsemble
{
    public string Name => "voting";

    public double Combine(ReadOnlySpan<double> scores)
    {
        var votes = 0;
        foreach (var score in scores)
        {
            votes += score >= vote ? 1 : 0;
        }

        return (double)votes / scores.Length;
    }
}
