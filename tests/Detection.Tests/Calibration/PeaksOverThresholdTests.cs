using Shouldly;
using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Calibration;

public sealed class PeaksOverThresholdTests
{
    /// <summary>No point of a fine grid of shapes and scales is more likely than Grimshaw's solution.</summary>
    [Theory]
    [InlineData(-0.3)]
    [InlineData(0.0)]
    [InlineData(0.4)]
    [InlineData(1.2)]
    public void Fit_SampledTail_IsTheMostLikelyOfAGrid(double shape)
    {
        var random = new SeededRandom(8);
        var excesses = new double[150];
        for (var i = 0; i < excesses.Length; i++)
        {
            excesses[i] = new GeneralizedPareto(shape, 2).Quantile(1 - random.NextDouble());
        }

        var fitted = GeneralizedPareto.Fit(excesses);
        var likelihood = fitted.LogLikelihood(excesses);
        for (var gamma = -0.95; gamma < 2; gamma += 0.05)
        {
            for (var sigma = 0.1; sigma < 8; sigma *= 1.05)
            {
                var other = new GeneralizedPareto(gamma, sigma).LogLikelihood(excesses);
                (double.IsNaN(other) ? double.NegativeInfinity : other).ShouldBeLessThanOrEqualTo(likelihood + 1e-9);
            }
        }

        fitted.Shape.ShouldBe(shape, 0.35);
    }

    /// <summary>By hand: an exponential tail of scale 2 is exceeded by 2 ln 1000 once in a thousand; a shape of 1 by 2 x 999.</summary>
    [Fact]
    public void Quantile_KnownTails_AsByHand()
    {
        new GeneralizedPareto(0, 2).Quantile(1e-3).ShouldBe(2 * Math.Log(1000), 1e-12);
        new GeneralizedPareto(1, 2).Quantile(1e-3).ShouldBe(2 * 999, 1e-9);
    }

    /// <summary>The limit for one in a thousand of normal values is exceeded about once in a thousand.</summary>
    [Fact]
    public void Limit_NormalValues_IsExceededWithItsRisk()
    {
        var random = new SeededRandom(4);
        var spot = new PeaksOverThreshold(1e-3, 0.98, 1_000);
        var beyond = 0;
        for (var i = 0; i < 41_000; i++)
        {
            var value = random.NextNormal();
            beyond += spot.IsWarm && value > spot.Limit ? 1 : 0;
            spot.Add(value);
        }

        beyond.ShouldBeInRange(20, 70);
        spot.Limit.ShouldBe(3.09, 0.25);
    }
}
