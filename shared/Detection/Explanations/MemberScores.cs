using Tidewatch.Detection.Ensembles;

namespace Tidewatch.Detection.Explanations;

/// <summary>What the members of an ensemble said of one sample.</summary>
/// <param name="Names">A name for each member.</param>
/// <param name="Scores">A score in [0, 1] for each, at least one.</param>
/// <param name="Combine">The ensemble: one score of theirs.</param>
public sealed record MemberScores(IReadOnlyList<string> Names, double[] Scores, RowStatistic Combine)
{
    /// <summary>How far they agree.</summary>
    public ScoreSpread Spread => ScoreSpread.Of(Scores);

    /// <summary>Share of each member in the combined score, 0 to 1, together 1: what the score would lose were that member calm (occlusion: Zeiler, Fergus 2014), of all such losses.</summary>
    /// <remarks>Where no single member can be missed, such as three at the top of a mean of two, each counts by its own score. All 0 when every score is 0.</remarks>
    public double[] Shares()
    {
        var (whole, others) = (Combine(Scores), Scores.ToArray());
        var losses = new double[Scores.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            others[i] = 0;
            losses[i] = whole - Combine(others);
            others[i] = Scores[i];
        }

        var shares = Explanation.SharesOf(losses);
        return Array.TrueForAll(shares, s => s == 0) ? Explanation.SharesOf(Scores) : shares;
    }
}
