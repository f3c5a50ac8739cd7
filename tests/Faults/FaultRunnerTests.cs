using Shouldly;
using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Faults;

public sealed class FaultRunnerTests
{
    [Fact]
    public async Task Run_BrokenOffBeforeItsFault_IsRunAgainOnceAndSaysSo()
    {
        SkipWithoutServers();
        var row = new BrokenRow(faults: 0);
        var result = await FaultRunner.RunAsync(row, FaultPlan.Short);
        row.Runs.ShouldBe(2);
        result.Note.ShouldBe("run again, for a first attempt broke off before its fault: IOException attempt 1");
        result.Violations.ShouldHaveSingleItem().ShouldContain("attempt 2");
    }

    [Fact]
    public async Task Run_BrokenOffAfterItsFault_Stands()
    {
        SkipWithoutServers();
        var row = new BrokenRow(faults: 1);
        var result = await FaultRunner.RunAsync(row, FaultPlan.Short);
        row.Runs.ShouldBe(1);
        result.Violations.ShouldHaveSingleItem().ShouldContain("attempt 1");
    }

    private static void SkipWithoutServers()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        Assert.SkipWhen(RedisServer.Program is null, RedisServer.Missing);
    }

    private sealed class BrokenRow(int faults) : IFaultRow
    {
        public string Number => $"0-{faults}";

        public string Name => "breaks off";

        public int Runs { get; private set; }

        public Task RunAsync(FaultRig rig)
        {
            Runs++;
            for (var fault = 0; fault < faults; fault++)
            {
                rig.Count();
            }

            throw new IOException($"attempt {Runs}");
        }
    }
}
