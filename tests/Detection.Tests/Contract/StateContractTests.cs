using Shouldly;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Contract;

/// <summary>What every detector promises of its saved state, honest or hostile.</summary>
public sealed class StateContractTests
{
    public static TheoryData<string, int> Cases => ContractSeries.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_Saved_ContinuesToTheBit(string name, int dimension)
    {
        foreach (var learned in new[] { 0, 1, 17, -1 })
        {
            var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
            var original = learned < 0 ? series.Warm(more: 333) : series.Create();
            for (var i = 0; i < learned; i++)
            {
                original.Learn(series.Next());
            }

            var copy = series.Create();
            Load(copy, ContractSeries.StateOf(original));
            ContractSeries.StateOf(copy).ShouldBe(ContractSeries.StateOf(original));
            for (var i = 0; i < 300; i++)
            {
                var sample = i % 50 == 49 ? series.Spike(90) : series.Next();
                copy.Score(sample).ShouldBe(original.Score(sample));
                copy.Raw(sample).ShouldBe(original.Raw(sample));
                copy.TryExpect(0, out var expected).ShouldBe(original.TryExpect(0, out var originally));
                expected.ShouldBe(originally);
                original.Learn(sample);
                copy.Learn(sample);
            }

            ContractSeries.StateOf(copy).ShouldBe(ContractSeries.StateOf(original));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_OverAnotherState_ForgetsIt(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var used = series.Warm(more: 100);
        var state = ContractSeries.StateOf(series.Create());
        Load(used, state);
        ContractSeries.StateOf(used).ShouldBe(state);
        var fresh = series.Create();
        for (var i = 0; i < 300; i++)
        {
            var sample = series.Next();
            used.Score(sample).ShouldBe(fresh.Score(sample));
            used.Learn(sample);
            fresh.Learn(sample);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_HostileBytes_ThrowsNothingButStateFormat(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var state = ContractSeries.StateOf(series.Warm(more: 100));
        var allowed = AllocatedBy(() => Load(series.Create(), state)) + (4 * state.Length) + 1_000_000;
        var random = new SeededRandom(99);
        for (var i = 0; i < 240; i++)
        {
            var bytes = Damage(state, i, ref random);
            var detector = series.Create();
            var refused = false;
            AllocatedBy(() => refused = !TryLoad(detector, bytes)).ShouldBeLessThan(allowed);
            for (var k = 0; k < 20 && !refused; k++)
            {
                var sample = series.Next();
                detector.Score(sample).ShouldBeInRange(0, 1);
                detector.TryExpect(0, out _);
                detector.Learn(sample);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_Truncated_IsRefused(string name, int dimension)
    {
        var series = new ContractSeries(DetectorCatalog.Get(name), dimension);
        var state = ContractSeries.StateOf(series.Warm(more: 100));
        for (var i = 0; i < 100; i++)
        {
            TryLoad(series.Create(), state[..(int)((long)i * state.Length / 100)]).ShouldBeFalse();
        }

        byte[] newer = [255, .. state[1..]];
        TryLoad(series.Create(), newer).ShouldBeFalse();
    }

    private static byte[] Damage(byte[] state, int round, ref SeededRandom random)
    {
        byte[] bytes = [.. state];
        var early = random.Next(Math.Min(bytes.Length, 64));
        var anywhere = random.Next(bytes.Length);
        switch (round % 4)
        {
            case 0:
                return bytes[..anywhere];
            case 1:
                bytes[anywhere] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes.AsSpan(early, Math.Min(4, bytes.Length - early)).Fill(round % 8 < 4 ? (byte)0xFF : (byte)0x7F);
                return bytes;
            default:
                for (var i = 0; i < 8; i++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
        }
    }

    private static void Load(IDetector detector, byte[] bytes)
    {
        var reader = new StateReader(bytes);
        detector.Load(ref reader);
        reader.Remaining.ShouldBe(0);
    }

    private static bool TryLoad(IDetector detector, byte[] bytes)
    {
        try
        {
            var reader = new StateReader(bytes);
            detector.Load(ref reader);
            return true;
        }
        catch (StateFormatException)
        {
            return false;
        }
    }

    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
