using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Engine.Settings;
using Xunit;

namespace Tidewatch.Engine.Tests;

public sealed class EngineStateTests
{
    [Theory]
    [InlineData("z-score")]
    [InlineData("isolation-forest")]
    public void Load_WhatSaveWrote_GoesOnAlike(string detector)
    {
        var (whole, cut) = (Bench(detector), Bench(detector));
        whole.SendNormal("a", 0, 300);
        cut.SendNormal("a", 0, 150);
        var state = cut.Save();
        cut.Restart(state);
        cut.Save().ShouldBe(state);
        cut.SendNormal("a", 150, 150);
        foreach (var bench in new[] { whole, cut })
        {
            bench.Send("a", 300, 4000);
        }

        cut.Engine.StateHash().ShouldBe(whole.Engine.StateHash());
        cut.Save().ShouldBe(whole.Save());
        cut.Output.Alerts.Select(a => a.Id).ShouldBe(whole.Output.Alerts.Select(a => a.Id));
        cut.Output.Alerts[^1].ToString().ShouldBe(whole.Output.Alerts[^1].ToString());
    }

    [Fact]
    public void Load_AnyByteFlippedOrCut_IsRefusedAndChangesNothing()
    {
        var bench = Bench("z-score");
        bench.SendNormal("a", 0, 25);
        bench.SendNormal("b/ü", 0, 25);
        bench.Send("""{"series":"c","time":5,"features":{"x":1,"y":2}}""");
        var (state, hash) = (bench.Save(), bench.Engine.StateHash());
        for (var i = 0; i < state.Length; i++)
        {
            var damaged = (byte[])state.Clone();
            damaged[i] ^= 0x40;
            Should.Throw<StateFormatException>(() => bench.Load(damaged));
            Should.Throw<StateFormatException>(() => bench.Load(state[..i]));
        }

        bench.Engine.StateHash().ShouldBe(hash);
    }

    [Fact]
    public void Load_DamagedBytesUnderAValidChecksum_AreRefused()
    {
        var bench = Bench("z-score");
        bench.SendNormal("a", 0, 25);
        bench.Send("""{"series":"c","time":5,"features":{"x":1,"y":2}}""");
        var state = bench.Save();
        var random = new SeededRandom(7);
        var refused = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = (byte[])state.Clone();
            for (var k = 0; k <= i % 4; k++)
            {
                damaged[random.Next(damaged.Length - 8)] = (byte)random.Next(256);
            }

            var checksum = System.IO.Hashing.XxHash3.HashToUInt64(damaged.AsSpan(0, damaged.Length - 8));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(damaged.AsSpan(damaged.Length - 8), checksum);
            try
            {
                bench.Load(damaged);
            }
            catch (StateFormatException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Load_NothingSeen_IsEmpty()
    {
        var bench = Bench("z-score");
        bench.Restart(bench.Save());

        bench.Engine.SeriesCount.ShouldBe(0);
    }

    private static EngineBench Bench(string detector) => new(new EngineSettings { Detector = detector, Window = 64, WarmUp = 32 });
}
