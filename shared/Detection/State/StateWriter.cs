using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tidewatch.Detection.State;

/// <summary>Writes state as little-endian binary into a growing buffer; reusable, so a snapshot allocates nothing once grown.</summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Write(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Write(ulong value) => Write(unchecked((long)value));

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    /// <summary>The length, then the items.</summary>
    public void WriteArray<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        Write(items.Length);
        _buffer.Write(MemoryMarshal.AsBytes(items));
    }
}
