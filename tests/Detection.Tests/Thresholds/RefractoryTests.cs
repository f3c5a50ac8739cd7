using Shouldly;
using Tidewatch.Detection.Thresholds;
using Xunit;

namespace Tidewatch.Detection.Tests.Thresholds;

public sealed class RefractoryTests
{
    [Fact]
    public void Raise_WithinTheRest_IsNoAlarm()
    {
        var refractory = new Refractory(2);
        bool[] judged = [false, true, true, true, true, false, false, true];
        judged.Select(refractory.Raise).ShouldBe([false, true, false, false, true, false, false, true]);
    }
}
