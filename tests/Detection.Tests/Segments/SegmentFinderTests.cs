using Shouldly;
using Tidewatch.Detection.Segments;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Segments;

public sealed class SegmentFinderTests
{
    /// <summary>The example of Ruzzo and Tompa, figure 1: 4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5 has the segments 4, 3 and 1 2 -2 2 -2 1 5.</summary>
    [Fact]
    public void Find_PapersExample_GivesItsSegments()
    {
        var segments = SegmentFinder.Find([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5], 0);
        segments.ShouldBe([new(0, 1, 4, 0), new(2, 3, 3, 2), new(4, 11, 7, 10)]);
        SegmentFinder.Find([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5], 0, least: 3).Count.ShouldBe(2);
    }

    /// <summary>The definition by brute force: the heaviest subsequence (the shortest of equals), then the same on either side of it.</summary>
    [Fact]
    public void Find_RandomScores_EqualsTheRecursiveDefinition()
    {
        var random = new SeededRandom(9);
        for (var round = 0; round < 50; round++)
        {
            var scores = new double[60];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = random.NextNormal();
            }

            var expected = new List<(int, int)>();
            Recurse(scores, 0, scores.Length, 0.3, expected);
            SegmentFinder.Find(scores, 0.3).Select(s => (s.Start, s.End)).ShouldBe(expected.Order());
        }
    }

    [Fact]
    public void Find_NothingAbove_IsEmpty() => SegmentFinder.Find([0.1, 0.5, 0.2], 0.5).ShouldBeEmpty();

    private static void Recurse(double[] scores, int from, int to, double threshold, List<(int Start, int End)> found)
    {
        var (best, start, end) = (0.0, -1, -1);
        for (var i = from; i < to; i++)
        {
            var sum = 0.0;
            for (var k = i; k < to; k++)
            {
                sum += scores[k] - threshold;
                if (sum > best + 1e-12)
                {
                    (best, start, end) = (sum, i, k + 1);
                }
            }
        }

        if (start >= 0)
        {
            found.Add((start, end));
            Recurse(scores, from, start, threshold, found);
            Recurse(scores, end, to, threshold, found);
        }
    }
}
