using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>Names that no other test has or had on this machine: what one leaves behind on a server or a disk is never met by another.</summary>
/// <remarks>A free port's number is none: the system hands the same one out again.</remarks>
public static class UniqueName
{
    private static int _count;

    /// <summary>Small letters and digits, first a letter.</summary>
    public static string Next() => $"t{Environment.ProcessId}x{Interlocked.Increment(ref _count)}x{Stopwatch.GetTimestamp():x}";
}
