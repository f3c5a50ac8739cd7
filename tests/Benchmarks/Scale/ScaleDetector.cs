using System.Globalization;

namespace Tidewatch.Benchmarks.Scale;

/// <summary>The detector as it is run for many series, and what the system says of its process.</summary>
internal static class ScaleDetector
{
    /// <summary>Settings with the product's defaults for commits (250 ms) and snapshots (30 s), z-score for half of the series and the hour of the day for the others.</summary>
    public static Dictionary<string, string> Settings(string bootstrapServers, string redis, string prefix, int partitions) => new(StringComparer.Ordinal)
    {
        ["Kafka:BootstrapServers"] = bootstrapServers,
        ["Kafka:TopicPrefix"] = prefix,
        ["Kafka:Partitions"] = $"{partitions}",
        ["Redis:Configuration"] = redis,
        ["Redis:KeyPrefix"] = prefix,
        ["Detector:Detector"] = "z-score",
        ["Detector:WarmUp"] = "8",
        ["Detector:Profiles:0:Match"] = "seasonal/*",
        ["Detector:Profiles:0:Detector"] = "hour-of-day-residual",
        ["Detector:Domains:0"] = "hosts",
        ["Detector:InstanceId"] = "scale",
        ["Output:Folder"] = Directory.CreateTempSubdirectory("tidewatch-scale-").FullName,
    };

    /// <summary>Sum of a metric over its labels that contain <paramref name="label"/>.</summary>
    public static double Value(IEnumerable<string> metrics, string name, string label = "") => metrics
        .Where(m => (m.StartsWith($"{name} ", StringComparison.Ordinal) || m.StartsWith($"{name}{{", StringComparison.Ordinal)) && m.Contains(label, StringComparison.Ordinal))
        .Sum(m => double.Parse(m[(m.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>A line of /proc/PID/status in MB: <c>VmRSS</c> now, <c>VmHWM</c> at most.</summary>
    public static double Megabytes(int process, string line) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(line, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Processor time used so far, seconds.</summary>
    public static double ProcessorSeconds(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
