using System.Runtime.InteropServices;
using Tidewatch.Detection;

namespace Tidewatch.Benchmarks.Detectors;

/// <summary>The table of <see cref="DetectorSpeed"/> over the whole catalogue as a page.</summary>
public static class DetectorPage
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Prints the page line by line and writes it to <paramref name="file"/> when all is measured.</summary>
    public static void Write(string file)
    {
        var before = Load();
        List<string> lines = [];
        foreach (var line in DetectorSpeed.Lines(DetectorCatalog.All.Select(e => e.Name)))
        {
            Console.WriteLine(line);
            lines.Add(line);
        }

        File.WriteAllLines(file, [
            "# Detectors: speed and memory",
            "",
            "Printed by `make bench`: every detector of the catalogue with its defaults, one series of one feature (a season of 144 points with noise), each point scored and learned after warm-up,",
            "the best of 7 rounds of 150 ms in processor time of the process, on one thread. Allocated bytes are those of that thread; detectors that retrain or train allocate when they do. Those that relate several features have little to do with one.",
            "",
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors; load average {before} at the beginning, {Load()} at the end: above the number of processors",
            "others were running too, and the figures are lower bounds.",
            "",
            .. lines,
        ]);
    }

    private static string Load() => File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[0] : "unknown";
}
