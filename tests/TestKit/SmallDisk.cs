using System.Diagnostics;

namespace Tidewatch.TestKit;

/// <summary>A file system of a few megabytes that a test can fill: a tmpfs, which only root may mount.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Why there is none.</summary>
    public const string Missing = "no file system of its own: mounting a tmpfs wants root";

    private static readonly Lazy<bool> CanMount = new(() =>
    {
        try
        {
            new SmallDisk(megabytes: 1).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    });

    /// <exception cref="InvalidOperationException">See <see cref="IsThere"/>.</exception>
    public SmallDisk(int megabytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tidewatch-small", Folder) != 0)
        {
            Directory.Delete(Folder);
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsThere => CanMount.Value;

    public string Folder { get; } = Directory.CreateTempSubdirectory("tidewatch-disk-").FullName;

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Fills it until <paramref name="left"/> bytes are free, or none because somebody else took them meanwhile.</summary>
    public void Fill(long left)
    {
        var block = new byte[65_536];
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var free = new DriveInfo(Folder).AvailableFreeSpace - left; free > 0; free -= block.Length)
            {
                file.Write(block, 0, (int)Math.Min(block.Length, free));
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Takes the filling away.</summary>
    public void Free() => File.Delete(Ballast);

    /// <summary>Whoever still writes there must have ended.</summary>
    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
