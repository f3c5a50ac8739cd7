using System.Diagnostics;
using System.Text;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Kafka.Tests.Partitions;

/// <summary>A record on which processes really end: this program again as a child, once for each life.</summary>
public sealed class DeathTests
{
    private const string Bootstrap = "TIDEWATCH_TEST_BOOTSTRAP";
    private const string Prefix = "TIDEWATCH_TEST_PREFIX";
    private const int Before = 17;
    private const int After = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Run_RecordThatEndsThreeProcesses_IsADeadLetterOfTheFourth()
    {
        using var cluster = PartitionLoopTests.Cluster();
        await using (var host = await LoopHost.StartAsync(cluster))
        {
            await host.UntilAsync(s => s.Owned.Count == 1);
            cluster.Send(0, Before);
            await cluster.AlertsAsync(Before);
        }

        await cluster.SendAsync(0, "k0", Encoding.UTF8.GetBytes(CountingProcessor.Deadly));
        cluster.Send(0, After, from: Before);
        for (var life = 1; life <= 3; life++)
        {
            using var process = Begin(cluster);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(128 + 6, $"life {life} ends by FailFast's SIGABRT");
            cluster.Links().Sum(l => l.Records).ShouldBe(Before, "what a dying process had in hand is not committed");
        }

        using var last = Begin(cluster);
        var alerts = await cluster.AlertsAsync(Before + After);
        last.HasExited.ShouldBeFalse();
        last.Kill();
        alerts.Count.ShouldBe(Before + After);
        alerts.Select(a => a.Id).ShouldBeUnique();
        var letter = (await cluster.ReadAsync(cluster.Names.DeadLetters, r => r.Count > 0)).ShouldHaveSingleItem().Message;
        letter.Value.ShouldBe(Encoding.UTF8.GetBytes(CountingProcessor.Deadly));
        Encoding.UTF8.GetString(letter.Headers.GetLastBytes(DeadLetterCodec.Prefix + "code")).ShouldBe(RejectCode.Crash);
        cluster.Links()[^1].Skipped.ShouldBe([Before]);
    }

    /// <summary>The child: a process of the loop until it ends, or is ended.</summary>
    [Fact(Explicit = true)]
    public async Task Life()
    {
        using var cluster = new TestCluster(Environment.GetEnvironmentVariable(Bootstrap)!, Environment.GetEnvironmentVariable(Prefix)!);
        await using var host = await LoopHost.StartAsync(cluster);
        await Task.Delay(Patience, TestContext.Current.CancellationToken);
    }

    private static Process Begin(TestCluster cluster)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-explicit", "only", "-method", $"{typeof(DeathTests).FullName}.{nameof(Life)}"]) { UseShellExecute = false };
        (start.Environment[Bootstrap], start.Environment[Prefix]) = (cluster.Bootstrap, cluster.Prefix);
        return Process.Start(start)!;
    }
}
