using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.HostAgent;
using Tidewatch.HostAgent.Probes;
using Tidewatch.HostAgent.Sources;
using Xunit;

namespace Tidewatch.Producers.Tests.HostAgent;

public sealed class HostSourceTests : IDisposable
{
    private readonly RecordedProc _proc = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _proc.Dispose();

    [Fact]
    public void Sample_First_GivesLevelsButNoRates()
    {
        var metrics = Named(Source().Sample());
        metrics["memory.used_percent"].ShouldBe(25, 0.001);
        metrics["memory.available_bytes"].ShouldBe(18513072.0 * 1024);
        metrics["swap.used_percent"].ShouldBe(25, 0.001);
        metrics["load.1m"].ShouldBe(3.55);
        metrics["load.15m"].ShouldBe(0.98);
        metrics.Keys.ShouldNotContain(k => k.StartsWith("cpu.") || k.Contains("per_second"));
    }

    [Fact]
    public void Sample_Second_GivesCpuSharesThatAddUp()
    {
        var metrics = After("stat", RecordedProc.Stat.Replace("cpu  31667 18218 20107 437712 6616 0 355 90", "cpu  31727 18218 20127 437812 6626 0 365 90"));
        metrics["cpu.user"].ShouldBe(30, 0.001);
        metrics["cpu.system"].ShouldBe(10, 0.001);
        metrics["cpu.idle"].ShouldBe(50, 0.001);
        metrics["cpu.iowait"].ShouldBe(5, 0.001);
        metrics["cpu.softirq"].ShouldBe(5, 0.001);
        metrics["cpu.utilization"].ShouldBe(45, 0.001);
    }

    [Fact]
    public void Sample_IdleFellALittle_CountsItAsNone() =>
        After("stat", RecordedProc.Stat.Replace("cpu  31667 18218 20107 437712", "cpu  31767 18218 20107 437711"))["cpu.utilization"].ShouldBe(100, 0.001);

    [Fact]
    public void Sample_CpuCountersReset_GivesNoShareOnce()
    {
        var source = Source();
        source.Sample();
        Step("stat", "cpu  10 0 10 100 0 0 0 0");
        Named(source.Sample()).Keys.ShouldNotContain("cpu.utilization");
        Step("stat", "cpu  20 0 10 190 0 0 0 0");
        Named(source.Sample())["cpu.utilization"].ShouldBe(10, 0.001);
    }

    [Fact]
    public void Sample_DiskCountersGrow_GivesBytesPerSecondOfWholeDisksOnly()
    {
        var metrics = After("diskstats", RecordedProc.DiskStats.Replace("6593282 125420 245361 89432 28567792 126857 0 86132", "6593292 125420 245361 89432 28567892 126857 0 87132"));
        metrics["disk.vda.read_bytes_per_second"].ShouldBe(10 * 512 / 2.0);
        metrics["disk.vda.written_bytes_per_second"].ShouldBe(100 * 512 / 2.0);
        metrics["disk.vda.busy_percent"].ShouldBe(50);
        metrics["disk.nvme0n1.busy_percent"].ShouldBe(0);
        metrics.Keys.ShouldNotContain(k => k.Contains("vda1") || k.Contains("nvme0n1p1") || k.Contains("loop"));
    }

    [Fact]
    public void Sample_NetworkCountersGrow_GivesBytesPerSecondAlsoWhereTheNumberTouchesTheName()
    {
        var metrics = After("net/dev", RecordedProc.NetDev.Replace("1189247331", "1189249331").Replace("1115635", "1116035"));
        metrics["network.eth0.rx_bytes_per_second"].ShouldBe(1_000);
        metrics["network.eth0.tx_bytes_per_second"].ShouldBe(200);
        metrics.Keys.ShouldNotContain(k => k.Contains("network.lo") || k.Contains("docker"));
    }

    [Fact]
    public void Sample_NetworkCounterFell_GivesNoRateOnce()
    {
        var source = Source();
        source.Sample();
        Step("net/dev", RecordedProc.NetDev.Replace("1189247331", "5000"));
        Named(source.Sample()).Keys.ShouldNotContain("network.eth0.rx_bytes_per_second");
        Step("net/dev", RecordedProc.NetDev.Replace("1189247331", "6000"));
        Named(source.Sample())["network.eth0.rx_bytes_per_second"].ShouldBe(500);
    }

    [Theory]
    [InlineData("stat", "")]
    [InlineData("stat", "cpu one two three four five six seven eight nine")]
    [InlineData("meminfo", "MemTotal: 12 kB")]
    [InlineData("loadavg", "")]
    public void Sample_FileUnreadable_IsTroubleAndTheRestGoesOn(string file, string text)
    {
        var source = Source();
        _proc.Write(file, text);
        source.Sample().ShouldNotBeEmpty();
        source.Trouble.ShouldNotBeNull().ShouldContain("cannot read");
        _proc.Write("stat", RecordedProc.Stat);
        _proc.Write("meminfo", RecordedProc.MemInfo);
        _proc.Write("loadavg", RecordedProc.LoadAvg);
        source.Sample();
        source.Trouble.ShouldBeNull();
    }

    [Fact]
    public void Fill_SameFileSystemMountedTwice_IsOneAndTheRootHasAName()
    {
        var probe = new FillProbe(() => [new("/etc/hosts", 1_000, 250), new("/", 1_000, 250), new("/data/big", 4_000, 4_000), new("/none", 0, 0)]);
        probe.Read().Select(m => (m.Name, m.Value)).ShouldBe([("filesystem.root.used_percent", 75), ("filesystem.data-big.used_percent", 0)]);
    }

    [Fact]
    public async Task Read_EachInterval_YieldsSeriesWithHostUnitAndTime()
    {
        var source = Source(new() { ProcPath = _proc.Root, Name = "web-1", Interval = TimeSpan.FromSeconds(5) });
        var seen = new List<Observation>();
        using var stop = new CancellationTokenSource();
        await foreach (var (domain, observation) in source.ReadAsync(stop.Token))
        {
            domain.ShouldBe("hosts");
            seen.Add(observation);
            if (observation.Series == "hosts/web-1/cpu.utilization")
            {
                break;
            }

            _proc.Write("stat", RecordedProc.Stat.Replace("437712", "439712"));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        var cpu = seen[^1];
        cpu.Attributes!["unit"].ShouldBe("percent");
        cpu.Attributes["host"].ShouldBe("web-1");
        cpu.Time.ShouldBeGreaterThan(seen[0].Time);
        seen.ShouldAllBe(o => o.Label == null && o.Series.StartsWith("hosts/web-1/"));
    }

    [Fact]
    public async Task Read_Disabled_YieldsNothing()
    {
        await foreach (var item in Source(new() { Enabled = false }).ReadAsync(default))
        {
            item.Domain.ShouldBeNull();
        }
    }

    [Fact]
    public void Sample_ThisMachine_GivesRealFigures()
    {
        var source = new HostSource(Options.Create(new HostAgentOptions()), TimeProvider.System);
        source.Sample();
        var spin = 0UL;
        var metrics = new Dictionary<string, double>();
        for (var round = 0; round < 1_000 && !metrics.ContainsKey("cpu.utilization"); round++)
        {
            for (var i = 0; i < 2_000_000; i++)
            {
                spin += (ulong)i;
            }

            metrics = Named(source.Sample());
        }

        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("no /proc on this system: only the portable subset");
        }

        metrics["cpu.utilization"].ShouldBeInRange(0.0001, 100);
        metrics["memory.used_percent"].ShouldBeInRange(0.1, 100);
        metrics["load.1m"].ShouldBeGreaterThanOrEqualTo(0);
        source.Trouble.ShouldBeNull();
        spin.ShouldBeGreaterThan(0UL);
    }

    private static Dictionary<string, double> Named(IEnumerable<Metric> metrics) => metrics.ToDictionary(m => m.Name, m => m.Value);

    private HostSource Source(HostAgentOptions? options = null) => new(Options.Create(options ?? new HostAgentOptions { ProcPath = _proc.Root }), _time);

    private void Step(string file, string text)
    {
        _proc.Write(file, text);
        _time.Advance(TimeSpan.FromSeconds(2));
    }

    private Dictionary<string, double> After(string file, string text)
    {
        var source = Source();
        source.Sample();
        Step(file, text);
        return Named(source.Sample());
    }
}
