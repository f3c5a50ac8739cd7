using System.Runtime.InteropServices;
using System.Text;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>One partition's mark in mapped memory: a store to it is in the page cache at once, where it survives the process, and costs no more than a store.</summary>
internal sealed unsafe class CrashMark(byte* memory) : ICrashMark
{
    /// <summary>Bytes a mark takes: enough for the longest topic name.</summary>
    public const int Size = 512;

    private readonly Layout* _mark = (Layout*)memory;

    /// <summary>Whether it belongs to no partition yet.</summary>
    public bool IsFree => _mark->NameBytes == 0;

    public int Deaths(in InputRecord record) => _mark->DiedAt == KeyOf(record) ? Math.Abs(_mark->Times) : 0;

    public void Hold(in InputRecord record) => Volatile.Write(ref _mark->InHand, KeyOf(record));

    public void Release() => Volatile.Write(ref _mark->InHand, 0);

    public void GiveUp() => _mark->Times = -Math.Abs(_mark->Times);

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
        if (_mark->Times < 0)
        {
            (_mark->DiedAt, _mark->Times) = (0, 0);
        }

        if (_mark->InHand is > 0 and var held)
        {
            (_mark->Times, _mark->DiedAt) = (_mark->DiedAt == held ? _mark->Times + 1 : 1, held);
            Release();
        }
    }

    /// <summary>Offset and leader in one word, which one store writes: 48 bits of the offset from 1, so that a new file is one of no marks, and 15 of the leader epoch.</summary>
    private static long KeyOf(in InputRecord record) => ((long)(record.LeaderEpoch & 0x7FFF) << 48) | ((record.Offset + 1) & 0xFFFF_FFFF_FFFF);

    private ReadOnlySpan<byte> Name => new(memory + sizeof(Layout), Math.Clamp(_mark->NameBytes, 0, Size - sizeof(Layout)));

    /// <summary>The partition's name follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Layout
    {
        public long InHand;
        public long DiedAt;

        /// <summary>Negative once the record was given up.</summary>
        public int Times;
        public int NameBytes;
    }
}
