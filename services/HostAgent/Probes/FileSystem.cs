namespace Tidewatch.HostAgent.Probes;

/// <summary>A mounted local file system.</summary>
public readonly record struct FileSystem(string Mount, long TotalBytes, long FreeBytes)
{
    /// <summary>Those of this machine; one that does not answer is left out.</summary>
    public static IEnumerable<FileSystem> List()
    {
        foreach (var drive in DriveInfo.GetDrives())
        {
            if (Of(drive) is { } found)
            {
                yield return found;
            }
        }
    }

    private static FileSystem? Of(DriveInfo drive)
    {
        try
        {
            return drive is { DriveType: DriveType.Fixed, IsReady: true } ? new(drive.Name, drive.TotalSize, drive.TotalFreeSpace) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
