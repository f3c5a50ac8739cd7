namespace Tidewatch.Detection.Ensembles;

/// <summary>Mean rank of several methods' scores of the same rows: methods whose scores have no common unit.</summary>
/// <remarks>On a stream the calibrated tail probability takes the rank's place.</remarks>
public static class RankAverage
{
    /// <summary>Mean over methods of each row's rank, 0 for the least to 1 for the most anomalous; equal scores share their mean rank.</summary>
    /// <param name="scores">A list of equally many scores for each method, at least one.</param>
    public static double[] Combine(params IReadOnlyList<double[]> scores)
    {
        var result = new double[scores[0].Length];
        foreach (var method in scores)
        {
            if (method.Length != result.Length)
            {
                throw new ArgumentException($"{method.Length} scores and {result.Length} scores cannot be of the same rows", nameof(scores));
            }

            AddRanks(method, 1.0 / scores.Count / Math.Max(1, result.Length - 1), result);
        }

        return result;
    }

    private static void AddRanks(double[] scores, double unit, double[] result)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort([.. scores], order);
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && scores[order[end]] == scores[order[first]])
            {
                end++;
            }

            for (var i = first; i < end; i++)
            {
                result[order[i]] += unit * (first + end - 1) / 2;
            }

            first = end;
        }
    }
}
