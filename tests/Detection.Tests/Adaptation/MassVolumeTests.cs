using Shouldly;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Adaptation;

/// <summary>The area under the mass-volume curve against what can be worked out by hand.</summary>
public sealed class MassVolumeTests
{
    [Fact]
    public void Area_ScoresThatTellApart_IsZeroAndOfThoseThatDoNotIsOne()
    {
        var (apart, same) = (new MassVolume(), new MassVolume());
        for (var i = 0; i < 100; i++)
        {
            apart.Add(0.1, 0.9);
            same.Add(0.3, 0.3);
        }

        apart.Area().ShouldBe(0);
        same.Area().ShouldBe(1, 1e-12);
    }

    /// <summary>Observed 0 to 0.95 in twentieths, draws half at 0.25 and half at 0.925: 90 % of the mass ends at 0.85, 95 % at 0.9, all at 0.95.</summary>
    [Fact]
    public void Area_OfTwentyPairs_IsTheMeanOverTheLevels()
    {
        var fit = new MassVolume();
        for (var i = 0; i < 20; i++)
        {
            fit.Add(i / 20.0, i % 2 == 0 ? 0.25 : 0.925);
        }

        // The 51 levels from 0.900 to 0.950 are held up to 0.9 with half of the draws, the 49 beyond need 0.95 and take all.
        fit.Area().ShouldBe(((51 * 0.5) + (49 * 1.0)) / 100, 0.0051);
    }

    [Fact]
    public void Load_UnequalCounts_IsTold()
    {
        var writer = new StateWriter();
        writer.WriteArray<int>(Enumerable.Repeat(1, 512).ToArray());
        writer.WriteArray<int>(new int[512]);
        var bytes = writer.Written.ToArray();

        Should.Throw<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            new MassVolume().Load(ref reader);
        }).Message.ShouldContain("512 observed and 0 drawn scores are not pairs");
    }
}
