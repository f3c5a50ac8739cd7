using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Tidewatch.Notifier.Stages;

/// <summary>The ids of the alerts that one channel has sent, 16 bytes each in memory and, given a path, a line each in a file.</summary>
public sealed class DeliveryLog
{
    /// <summary>Ids that a file keeps; a replay after a crash is far shorter.</summary>
    public const int Kept = 200_000;

    private readonly HashSet<UInt128> _ids = [];
    private readonly string? _path;

    private DeliveryLog(string? path, IEnumerable<string> ids)
    {
        _path = path;
        _ids.UnionWith(ids.Select(Hash));
    }

    /// <summary>A log kept in a file; a longer one is cut to the newest <see cref="Kept"/> ids.</summary>
    public static DeliveryLog Open(string path)
    {
        var kept = new Queue<string>();
        foreach (var id in File.Exists(path) ? File.ReadLines(path) : [])
        {
            kept.Enqueue(id);
            if (kept.Count > Kept)
            {
                kept.Dequeue();
            }
        }

        // Written anew and renamed: ends a line that a crash has torn, too.
        File.WriteAllLines($"{path}.new", kept);
        File.Move($"{path}.new", path, overwrite: true);
        return new DeliveryLog(path, kept);
    }

    /// <summary>A log for a channel whose own output keeps the ids.</summary>
    public static DeliveryLog Of(IEnumerable<string> ids) => new(path: null, ids);

    public bool Contains(string id) => _ids.Contains(Hash(id));

    /// <summary>Notes ids, on the disk when it returns.</summary>
    public void Record(IEnumerable<string> ids)
    {
        var fresh = ids.Where(id => _ids.Add(Hash(id))).ToList();
        if (_path is not null && fresh.Count > 0)
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            using var writer = new StreamWriter(file);
            fresh.ForEach(writer.WriteLine);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
    }

    private static UInt128 Hash(string id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan()));
}
