using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tidewatch.Notifier.Tests;

/// <summary>This test program as a second process that writes alerts to a CSV file until it is killed.</summary>
internal static class CsvWriterProcess
{
    /// <summary>The alerts that the process writes, over and over in growing batches.</summary>
    public const int Alerts = 20_000;

    private const string Variable = "TIDEWATCH_TEST_CSV_FOLDER";

    public static Process Start(string folder) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { Environment = { [Variable] = folder } })!;

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            WriteForever(folder);
        }
    }

    private static void WriteForever(string path)
    {
        using var folder = new Folder(path);
        var handler = Lines.ToCsv(folder);
        var alerts = SampleAlerts.Many(Alerts);
        for (var end = 0; ; end = end >= Alerts ? 0 : end + 37)
        {
            handler.HandleAsync(alerts.Take(end)).GetAwaiter().GetResult();
        }
    }
}
