using Shouldly;
using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Calibration;

public sealed class TailCalibrationTests
{
    [Fact]
    public void Score_UniformPast_FollowsTheTailProbability()
    {
        var calibration = Filled(10_000, r => r.NextDouble() * 0.8);

        foreach (var tail in new[] { 0.5, 0.1, 0.05 })
        {
            var surprise = -Math.Log10(tail);
            calibration.Score(0.8 * (1 - tail)).ShouldBe(surprise / (surprise + TailCalibration.Half), 0.03);
        }
    }

    [Fact]
    public void Score_BeyondThePast_GrowsWithTheDistance()
    {
        var calibration = Filled(5_000, r => 0.4 + (0.02 * Math.Abs(r.NextNormal())));
        var scores = new[] { 0.4, 0.42, 0.45, 0.5, 0.55, 0.7, 1 }.Select(calibration.Score).ToArray();

        scores.ShouldBeInOrder();
        scores[^1].ShouldBeInRange(0.8, 1);
        scores[0].ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Score_BeforeEnoughWasSeen_IsZero() => Filled(99, r => r.NextDouble()).Score(1).ShouldBe(0);

    [Fact]
    public void Score_TheSameScoreAlways_IsNotSurprising() => Filled(1_000, _ => 0.6).Score(0.6).ShouldBe(0, 1e-3);

    [Fact]
    public void Add_ForEver_KeepsItsMemoryBoundAndForgets()
    {
        var calibration = Filled(30_000, _ => 0.9);
        for (var i = 0; i < 200_000; i++)
        {
            calibration.Add(0.1);
        }

        calibration.Score(0.9).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Load_WhatSaveWrote_IsTheSame()
    {
        var (calibration, copy, writer) = (Filled(5_000, r => r.NextDouble()), new TailCalibration(), new StateWriter());
        calibration.Save(writer);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);

        copy.Score(0.97).ShouldBe(calibration.Score(0.97));
        Should.Throw<StateFormatException>(() =>
        {
            var bytes = writer.Written.ToArray();
            bytes[7] = 0x80;
            var damaged = new StateReader(bytes);
            new TailCalibration().Load(ref damaged);
        });
    }

    private static TailCalibration Filled(int count, Func<Draw, double> next)
    {
        var (calibration, draw) = (new TailCalibration(), new Draw());
        for (var i = 0; i < count; i++)
        {
            calibration.Add(next(draw));
        }

        return calibration;
    }

    /// <summary>A generator that lambdas can share.</summary>
    private sealed class Draw
    {
        private SeededRandom _random = new(3);

        public double NextDouble() => _random.NextDouble();

        public double NextNormal() => _random.NextNormal();
    }
}
