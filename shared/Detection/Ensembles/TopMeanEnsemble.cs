namespace Tidewatch.Detection.Ensembles;

/// <summary>Mean of the <paramref name="top"/> largest scores; of one score, that score.</summary>
public sealed class TopMeanEnsemble(int top = 2) : IEnsemble
{
    public string Name => "top-mean";

    public double Combine(ReadOnlySpan<double> scores)
    {
        Span<double> best = stackalloc double[Math.Min(top, scores.Length)];
        best.Clear();
        foreach (var score in scores)
        {
            var place = score;
            for (var i = 0; i < best.Length; i++)
            {
                if (place > best[i])
                {
                    (best[i], place) = (place, best[i]);
                }
            }
        }

        var sum = 0.0;
        foreach (var score in best)
        {
            sum += score;
        }

        return sum / best.Length;
    }
}
