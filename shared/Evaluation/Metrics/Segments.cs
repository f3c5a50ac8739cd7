namespace Tidewatch.Evaluation.Metrics;

/// <summary>A run of rows, both ends inside.</summary>
public readonly record struct Segment(int First, int Last)
{
    public int Length => Last - First + 1;

    /// <summary>The runs of true in <paramref name="flags"/>.</summary>
    public static IReadOnlyList<Segment> Of(ReadOnlySpan<bool> flags)
    {
        var segments = new List<Segment>();
        for (var i = 0; i < flags.Length; i++)
        {
            if (flags[i])
            {
                var first = i;
                while (i + 1 < flags.Length && flags[i + 1])
                {
                    i++;
                }

                segments.Add(new Segment(first, i));
            }
        }

        return segments;
    }
}
