using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tidewatch.Detection.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, with every length checked before memory is taken: safe on hostile bytes.</summary>
public ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public bool ReadBool() => ReadByte() switch { 0 => false, 1 => true, var b => throw new StateFormatException($"{b} is not a bool") };

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>How many values were learned: at least 0.</summary>
    public long ReadCount() => ReadInt64() is var count && count >= 0 ? count : throw new StateFormatException($"{count} values cannot have been learned");

    public ulong ReadUInt64() => unchecked((ulong)ReadInt64());

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>An int that must lie in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public int ReadInt32(int min, int max) => ReadInt32() is var value && value >= min && value <= max
        ? value
        : throw new StateFormatException($"{value} is outside {min} to {max}");

    /// <summary>An array of exactly <paramref name="into"/>'s length.</summary>
    public void ReadArray<T>(Span<T> into)
        where T : unmanaged
    {
        ReadInt32(into.Length, into.Length);
        var target = MemoryMarshal.AsBytes(into);
        Take(target.Length).CopyTo(target);
    }

    /// <summary>An array of at most <paramref name="max"/> items.</summary>
    public T[] ReadArray<T>(int max)
        where T : unmanaged
    {
        var length = ReadInt32(0, max);
        var size = length * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        if (size > _rest.Length)
        {
            throw new StateFormatException($"{size} bytes wanted, {_rest.Length} left");
        }

        return MemoryMarshal.Cast<byte, T>(Take((int)size)).ToArray();
    }

    /// <summary>A version that must be at most <paramref name="newest"/>.</summary>
    public int ReadVersion(byte newest) => ReadByte() is var version && version >= 1 && version <= newest
        ? version
        : throw new StateFormatException($"version {version} is unknown, newest is {newest}: it was written by a newer release");

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new StateFormatException($"{count} bytes wanted, {_rest.Length} left");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
