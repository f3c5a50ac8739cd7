using Shouldly;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Ensembles;

public sealed class FeedbackWeightsTests
{
    /// <summary>By hand at rate ln 2: losses of 1 and 0 give 1/2 and 1, scaled to sum 2 give 2/3 and 4/3, and a twentieth of each is shared: 0.95 x 2/3 + 0.05 and 0.95 x 4/3 + 0.05.</summary>
    [Theory]
    [InlineData(false, 0.95 * 2 / 3, 0.95 * 4 / 3)]
    [InlineData(true, 0.95 * 4 / 3, 0.95 * 2 / 3)]
    public void Correct_OneWasWrong_LosesToTheOther(bool isAnomaly, double first, double second)
    {
        var weights = new FeedbackWeights(2, Math.Log(2));
        weights.Remember(7, [1, 0]);
        weights.Correct(7, isAnomaly);

        weights.Factors.ToArray().ShouldBe([first + 0.05, second + 0.05], 1e-12);
    }

    [Fact]
    public void Correct_ColdDetector_KeepsItsWeightAndTheOthersTheirSum()
    {
        var weights = new FeedbackWeights(3, 0.5);
        weights.Remember(7, [0.9, double.NaN, 0.2]);
        weights.Correct(7, isAnomaly: false);

        weights.Factors[1].ShouldBe(1);
        (weights.Factors[0] + weights.Factors[2]).ShouldBe(2, 1e-12);
        weights.Factors[0].ShouldBeLessThan(1);
    }

    /// <summary>A thousand false alarms by the same one leave it about a twentieth of the mean, and as many that it was right about bring it back.</summary>
    [Fact]
    public void Correct_ThousandTimes_StaysBoundedAndComesBack()
    {
        var weights = new FeedbackWeights(4, 1);
        weights.Remember(7, [1, 0.1, 0.1, 0.1]);
        Many(weights, isAnomaly: false);
        weights.Factors[0].ShouldBeInRange(0.05, 0.1);
        weights.Factors.ToArray().Sum().ShouldBe(4, 1e-9);
        Many(weights, isAnomaly: true);
        weights.Factors[0].ShouldBeInRange(3.5, 4);
    }

    [Fact]
    public void Correct_WhatIsNotRemembered_MovesNothing()
    {
        var weights = new FeedbackWeights(2, 1);
        for (var i = 0; i <= FeedbackWeights.Remembered; i++)
        {
            weights.Remember(i, [1, 0]);
        }

        weights.Correct(0, isAnomaly: false);
        weights.Correct(-5, isAnomaly: false);
        weights.Factors.ToArray().ShouldBe([1, 1]);
        weights.Correct(1, isAnomaly: false);
        weights.Factors[0].ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData("weighted")]
    [InlineData("stacking")]
    public void Combine_FactorsOfOne_AreNoneToTheBit(string name)
    {
        var ensemble = EnsembleCatalog.Create(new EnsembleOptions { Name = name, Weights = [0.3, 1.7, 0.1] });
        double[] scores = [0.31, 0.77, 0.5];
        ensemble.HasWeights.ShouldBeTrue();
        ensemble.Combine(scores, [0, 1, 2], [1, 1, 1]).ShouldBe(ensemble.Combine(scores, [0, 1, 2]));
        ensemble.Combine(scores, [0, 1, 2], [1, 0.1, 1]).ShouldBeLessThan(ensemble.Combine(scores, [0, 1, 2]));
    }

    [Fact]
    public void Load_Saved_GoesOnAlike()
    {
        var (a, b) = (new FeedbackWeights(2, 0.5), new FeedbackWeights(2, 0.5));
        a.Remember(7, [1, double.NaN]);
        a.Remember(8, [0.9, 0.2]);
        a.Correct(8, isAnomaly: false);
        Load(b, Bytes(a));
        Bytes(b).ShouldBe(Bytes(a));
        a.Correct(7, isAnomaly: true);
        b.Correct(7, isAnomaly: true);
        Bytes(b).ShouldBe(Bytes(a));
    }

    /// <summary>The bytes are two factors, a count, a time and two scores: no weight is 0, NaN or above the number of detectors, no score outside 0 to 1.</summary>
    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(8, double.NaN)]
    [InlineData(8, 3.5)]
    [InlineData(28, 1.5)]
    public void Load_WhatCannotBe_IsRefused(int at, double value)
    {
        var weights = new FeedbackWeights(2, 0.5);
        weights.Remember(7, [1, 0]);
        var bytes = Bytes(weights);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + ArrayHeader(at)), value).ShouldBeTrue();

        Should.Throw<StateFormatException>(() => Load(new FeedbackWeights(2, 0.5), bytes));
    }

    /// <summary>Each array has its length before it.</summary>
    private static int ArrayHeader(int at) => at < 16 ? 4 : 8;

    private static void Many(FeedbackWeights weights, bool isAnomaly)
    {
        for (var i = 0; i < 1_000; i++)
        {
            weights.Correct(7, isAnomaly);
        }
    }

    private static byte[] Bytes(FeedbackWeights weights)
    {
        var writer = new StateWriter();
        weights.Save(writer);
        return writer.Written.ToArray();
    }

    private static void Load(FeedbackWeights weights, byte[] bytes)
    {
        var reader = new StateReader(bytes);
        weights.Load(ref reader);
        reader.Remaining.ShouldBe(0);
    }
}
