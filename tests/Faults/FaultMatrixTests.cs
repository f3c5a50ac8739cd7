using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Faults;

public sealed class FaultMatrixTests(ITestOutputHelper log)
{
    public static TheoryData<string> ShortRows => [.. FaultCatalog.All.Where(r => r.IsShort).Select(r => r.Number)];

    [Theory]
    [MemberData(nameof(ShortRows))]
    public async Task Row_Run_LosesNothingAndDoublesNothing(string number)
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        Assert.SkipWhen(RedisServer.Program is null, RedisServer.Missing);
        var result = await FaultRunner.RunAsync(FaultCatalog.Get(number), FaultPlan.Short);
        log.WriteLine(result.ToString());
        result.Violations.ShouldBeEmpty($"{result}\n{result.Log}");
    }
}
