using System.Runtime.InteropServices;
using System.Text;

namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>One partition's mark in mapped memory: a store to it is in the page cache at once, where it survives the process, and costs no more than a store.</summary>
internal sealed unsafe class CrashMark(byte* memory) : ICrashMark
{
    /// <summary>Bytes a mark takes: enough for the longest topic name.</summary>
    public const int Size = 512;

    private readonly Layout* _mark = (Layout*)memory;

    /// <summary>Whether it belongs to no partition yet.</summary>
    public bool IsFree => _mark->NameBytes == 0;

    public int Deaths(long offset) => _mark->DiedAt == offset + 1 ? _mark->Times : 0;

    public void Hold(long offset) => Volatile.Write(ref _mark->InHand, offset + 1);

    public void Release() => Volatile.Write(ref _mark->InHand, 0);

    public bool IsOf(InputPartition partition) => Name.SequenceEqual(Encoding.UTF8.GetBytes(partition.ToString()));

    public void Give(InputPartition partition)
    {
        var name = Encoding.UTF8.GetBytes(partition.ToString());
        name.CopyTo(new Span<byte>(memory + sizeof(Layout), Size - sizeof(Layout)));
        _mark->NameBytes = name.Length;
    }

    /// <summary>A new process begins: what was still in hand killed the last one.</summary>
    public void Begin()
    {
        if (_mark->InHand is > 0 and var held)
        {
            (_mark->Times, _mark->DiedAt) = (_mark->DiedAt == held ? _mark->Times + 1 : 1, held);
            Release();
        }
    }

    private ReadOnlySpan<byte> Name => new(memory + sizeof(Layout), Math.Clamp(_mark->NameBytes, 0, Size - sizeof(Layout)));

    /// <summary>Offsets from 1, so that a new file is one of no marks. The partition's name follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Layout
    {
        public long InHand;
        public long DiedAt;
        public int Times;
        public int NameBytes;
    }
}
