namespace Tidewatch.TestKit;

/// <summary>Another wall clock for one child process, by Debian's faketime; the monotonic clock stays the machine's.</summary>
public sealed class FakeClock : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no clock to be set: install Debian's faketime, and tcc or gcc";

    private readonly string _file = Path.GetTempFileName();

    /// <param name="offset">As faketime writes it, such as <c>+1h</c> or <c>-90m</c>.</param>
    public FakeClock(string offset) => Set(offset);

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsThere => FakeClockLibrary.Preload is not null;

    /// <summary>The command that gives its clock to the program after it.</summary>
    /// <remarks>The last variable: else the library takes the wrong clock for the timed waits of a new glibc, and every one of them returns at once.</remarks>
    public IReadOnlyList<string> Launcher =>
    [
        "env", $"LD_PRELOAD={FakeClockLibrary.Preload ?? throw new InvalidOperationException(Missing)}", $"FAKETIME_TIMESTAMP_FILE={_file}", "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0",
    ];

    /// <summary>Sets the clock, of a running process within a second: a step.</summary>
    public void Set(string offset) => File.WriteAllText(_file, offset + "\n");

    /// <summary>Also takes away what killed processes left in shared memory.</summary>
    public void Dispose()
    {
        File.Delete(_file);
        foreach (var left in Directory.EnumerateFiles("/dev/shm", "*faketime_*").Where(f => !Directory.Exists($"/proc/{f.Split('_')[^1]}")))
        {
            File.Delete(left);
        }
    }
}
