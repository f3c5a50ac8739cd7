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
    private const int Aborted = 128 + 6;
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
        await DieThriceAsync(cluster);
        cluster.Links().Sum(l => l.Records).ShouldBe(Before, "what a dying process had in hand is not committed");

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

    [Fact]
    public async Task Run_RecordThatEndsThreeProcessesInReplay_IsRefusedOrBegunAnew()
    {
        using var cluster = PartitionLoopTests.Cluster();
        const int Committed = Before + 1 + After;
        await using (var host = await LoopHost.StartAsync(cluster))
        {
            await host.UntilAsync(s => s.Owned.Count == 1);
        }

        using (var first = Begin(cluster))
        {
            // The only snapshot of a session is that of its first commit: it must not cover the record.
            cluster.Send(0, Before);
            (await cluster.AlertsAsync(Before)).Count.ShouldBe(Before);
            await cluster.SendAsync(0, "k0", Encoding.UTF8.GetBytes(CountingProcessor.DeadlyInReplay));
            cluster.Send(0, After, from: Before);
            (await cluster.AlertsAsync(Committed)).Count.ShouldBe(Committed);
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await DieThriceAsync(cluster);
        await using (var refusing = await LoopHost.StartAsync(cluster))
        {
            await refusing.UntilAsync(s => s.Refusals.Count > 0);
            refusing.Status.Refusals.ShouldHaveSingleItem().ToString().ShouldStartWith($"DEADLY_REPLAY {cluster.Input} [0]: the process died 3 times while it replayed offset {Before},");
        }

        using (var next = Begin(cluster))
        {
            await next.WaitForExitAsync(TestContext.Current.CancellationToken);
            next.ExitCode.ShouldBe(Aborted, "a process after a refusal tries again");
        }

        await using var cold = await LoopHost.StartAsync(cluster, cold: true, deaths: 3, deadly: Before);
        await cold.UntilAsync(s => s.Owned.Count == 1);
        cluster.Send(0, After, from: 1_000);
        var alerts = await cluster.AlertsAsync(Committed + After);
        alerts.Count.ShouldBe(Committed + After);
        alerts.ShouldAllBe(a => a.ColdStart == a.Source!.Offset >= Committed);
        alerts.Select(a => a.Id).ShouldBeUnique();
    }

    /// <summary>The child: a process of the loop until it ends, or is ended.</summary>
    [Fact(Explicit = true)]
    public async Task Life()
    {
        using var cluster = new TestCluster(Environment.GetEnvironmentVariable(Bootstrap)!, Environment.GetEnvironmentVariable(Prefix)!);
        await using var host = await LoopHost.StartAsync(cluster);
        await Task.Delay(Patience, TestContext.Current.CancellationToken);
    }

    private static async Task DieThriceAsync(TestCluster cluster)
    {
        for (var life = 1; life <= 3; life++)
        {
            using var process = Begin(cluster);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(Aborted, $"life {life} ends by FailFast's SIGABRT");
        }
    }

    private static Process Begin(TestCluster cluster)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-explicit", "only", "-method", $"{typeof(DeathTests).FullName}.{nameof(Life)}"]) { UseShellExecute = false };
        (start.Environment[Bootstrap], start.Environment[Prefix]) = (cluster.Bootstrap, cluster.Prefix);
        return Process.Start(start)!;
    }
}
