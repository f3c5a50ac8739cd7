namespace Tidewatch.Evaluation.Metrics;

/// <summary>What every metric asks of its inputs.</summary>
internal static class Equal
{
    public static void Lengths(int labels, int others)
    {
        if (labels != others)
        {
            throw new ArgumentException($"{labels} labels, {others} scores or flags", nameof(others));
        }
    }
}
