namespace Tidewatch.Producers.Tests.HostAgent;

/// <summary>A folder with files as a kernel wrote them (Linux 6.12, two processors), which a test changes.</summary>
internal sealed class RecordedProc : IDisposable
{
    public const string Stat = """
        cpu  31667 18218 20107 437712 6616 0 355 90 12 0
        cpu0 14387 9423 8335 224804 412 0 23 45 6 0
        cpu1 17279 8795 11771 212907 6203 0 331 44 6 0
        intr 1477739 0 0 0
        ctxt 3051776
        """;

    public const string MemInfo = """
        MemTotal:       24684096 kB
        MemFree:        19903052 kB
        MemAvailable:   18513072 kB
        Buffers:           50432 kB
        Cached:          3591880 kB
        SwapCached:            0 kB
        SwapTotal:       2097152 kB
        SwapFree:        1572864 kB
        """;

    public const string DiskStats = """
           7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
         254       0 vda 135032 32173 6593282 125420 245361 89432 28567792 126857 0 86132 258843 57473 71 6710000 4915 48181 1650
         254       1 vda1 1000 0 8000 100 2000 0 16000 200 0 300 300 0 0 0 0 0 0
         259       0 nvme0n1 10 0 80 1 20 0 160 2 0 3 3 0 0 0 0 0 0
         259       1 nvme0n1p1 10 0 80 1 20 0 160 2 0 3 3 0 0 0 0 0 0
        """;

    public const string NetDev = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    3293      31    0    0    0     0          0         0     3293      31    0    0    0     0       0          0
          eth0:1189247331   24550    0    0    0     0          0         0  1115635   13740    0    0    0     0       0          0
        docker0:       0       0    0    0    0     0          0         0        0       0    0    2    0     0       0          0
        """;

    public const string LoadAvg = "3.55 1.90 0.98 7/190 1051";

    public RecordedProc()
    {
        Directory.CreateDirectory(Path.Combine(Root, "net"));
        Write("stat", Stat);
        Write("meminfo", MemInfo);
        Write("diskstats", DiskStats);
        Write("net/dev", NetDev);
        Write("loadavg", LoadAvg);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("tidewatch-proc-").FullName;

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
