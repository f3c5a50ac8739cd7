using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>Debian's faketime, and a line of C before it: glibc's <c>cnd_timedwait</c>, by which librdkafka waits, takes the kernel's wall clock past every preloaded library, so that with a clock ahead it would wait for that much longer.</summary>
internal static class FakeClockLibrary
{
    private const string Source = """
        int pthread_cond_timedwait(void *, void *, const void *);
        int cnd_timedwait(void *condition, void *mutex, const void *until)
        {
            int error = pthread_cond_timedwait(condition, mutex, until);
            return error == 0 ? 0 : error == 110 ? 4 : 2;
        }
        """;

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>What LD_PRELOAD must name; null where faketime or a C compiler is missing.</summary>
    public static string? Preload => Found.Value;

    private static string? Find()
    {
        var faketime = Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib").Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            : null;
        return faketime is not null && new[] { "cc", "tcc" }.Select(Compile).FirstOrDefault(made => made is not null) is { } waits ? $"{waits} {faketime}" : null;
    }

    private static string? Compile(string compiler)
    {
        var folder = Directory.CreateTempSubdirectory("tidewatch-clock-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var (source, library) = (Path.Combine(folder, "waits.c"), Path.Combine(folder, "waits.so"));
        File.WriteAllText(source, Source);
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{compiler} -shared -fPIC -nostdlib -o {library} {source} >/dev/null 2>&1"]))!;
        process.WaitForExit();
        return process.ExitCode == 0 ? library : null;
    }
}
