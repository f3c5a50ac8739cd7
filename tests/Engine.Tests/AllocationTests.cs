using System.Text;
using Shouldly;
using Tidewatch.Contracts.Processing;
using Xunit;

namespace Tidewatch.Engine.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("z-score", """{"series":"hosts/web-%/cpu","time":@,"value":#}""")]
    [InlineData("isolation-forest", """{"series":"hosts/web-%/cpu","time":@,"value":#}""")]
    [InlineData("z-score", """{"series":"%","time":@,"features":{"b":#,"a":#}}""")]
    [InlineData("z-score", """{"series":"%","time":@,"value":#,"attributes":{"region":"eu","rack":"7"},"label":false}""")]
    public void Apply_OrdinaryObservations_AllocateNothing(string detector, string template)
    {
        var bench = new EngineBench(EngineBench.ZScore with { Detector = detector, Window = 64, WarmUp = 32, Threshold = 1 });
        bench.SendNormal("warm", 0, 1);
        var messages = Enumerable.Range(0, 4_000).Select(i => Message(template, i)).ToArray();
        Feed(bench, messages.AsSpan(0, 3_000), 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(bench, messages.AsSpan(3_000), 3_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        bench.Output.Rejections.ShouldBeEmpty();
        bench.Output.Alerts.ShouldBeEmpty();
        allocated.ShouldBe(0);
    }

    private static void Feed(EngineBench bench, ReadOnlySpan<byte[]> messages, int offset)
    {
        for (var from = 0; from < messages.Length; from += 500)
        {
            bench.Engine.Begin();
            for (var i = from; i < from + 500; i++)
            {
                bench.Engine.Apply(new InputRecord(offset + i, EngineBench.Now.ToUnixTimeMilliseconds(), default, messages[i]), bench.Output);
            }

            bench.Engine.Commit();
        }
    }

    private static byte[] Message(string template, int i) => Encoding.UTF8.GetBytes(template
        .Replace("%", (i % 10).ToString(), StringComparison.Ordinal)
        .Replace("@", EngineBench.Now.AddSeconds(i - 5_000).ToUnixTimeMilliseconds().ToString(), StringComparison.Ordinal)
        .Replace("#", (50 + (i * 37 % 101 * 0.01)).ToString("R"), StringComparison.Ordinal));
}
