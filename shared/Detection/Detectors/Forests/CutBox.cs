using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Bounding boxes as flat spans: the lows of every padded value, then the highs.</summary>
internal static class CutBox
{
    /// <summary>The box that holds nothing.</summary>
    public static void Clear(Span<float> box)
    {
        box[..(box.Length / 2)].Fill(float.MaxValue);
        box[(box.Length / 2)..].Fill(float.MinValue);
    }

    /// <summary>Widens <paramref name="box"/> by a box whose lows and highs are given; a point is its own lows and highs.</summary>
    public static void Extend(Span<float> box, ReadOnlySpan<float> lows, ReadOnlySpan<float> highs)
    {
        var stride = box.Length / 2;
        ref var b = ref MemoryMarshal.GetReference(box);
        ref var low = ref MemoryMarshal.GetReference(lows[..stride]);
        ref var high = ref MemoryMarshal.GetReference(highs[..stride]);
        for (nuint i = 0; i < (nuint)stride; i += (nuint)Vector256<float>.Count)
        {
            Vector256.Min(Vector256.LoadUnsafe(ref b, i), Vector256.LoadUnsafe(ref low, i)).StoreUnsafe(ref b, i);
            var above = i + (nuint)stride;
            Vector256.Max(Vector256.LoadUnsafe(ref b, above), Vector256.LoadUnsafe(ref high, i)).StoreUnsafe(ref b, above);
        }
    }

    /// <summary>Total side length of the box, and by how much <paramref name="point"/> would widen it; 0 and 0 when it lies inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float Range, float Extension) Measure(ReadOnlySpan<float> box, ReadOnlySpan<float> point)
    {
        var stride = box.Length / 2;
        ref var b = ref MemoryMarshal.GetReference(box);
        ref var p = ref MemoryMarshal.GetReference(point[..stride]);
        var (range, extension) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (nuint i = 0; i < (nuint)stride; i += (nuint)Vector256<float>.Count)
        {
            var (low, high, value) = (Vector256.LoadUnsafe(ref b, i), Vector256.LoadUnsafe(ref b, i + (nuint)stride), Vector256.LoadUnsafe(ref p, i));
            range += high - low;
            extension += Vector256.Max(value - high, Vector256<float>.Zero) + Vector256.Max(low - value, Vector256<float>.Zero);
        }

        return extension == Vector256<float>.Zero ? (0, 0) : (Vector256.Sum(range), Vector256.Sum(extension));
    }

    /// <summary>The cut at <paramref name="position"/> along what <paramref name="point"/> adds to the box, 0 to the extension: values up to the cut go left.</summary>
    public static (int Feature, float Cut) CutAt(ReadOnlySpan<float> box, ReadOnlySpan<float> point, double position)
    {
        var stride = box.Length / 2;
        var (feature, cut) = (-1, 0f);
        for (var i = 0; i < stride && position >= 0; i++)
        {
            var (from, to) = point[i] > box[stride + i] ? (box[stride + i], point[i]) : (point[i], box[i]);
            if (from < to)
            {
                var at = (float)(from + Math.Min(position, to - from));
                (feature, cut) = (i, at < to ? at : from);
                position -= to - from;
            }
        }

        return (feature, cut);
    }

    /// <summary>Whether <paramref name="point"/> lies on a side of the box, which may move when the point goes.</summary>
    public static bool Touches(ReadOnlySpan<float> box, ReadOnlySpan<float> point)
    {
        var stride = box.Length / 2;
        ref var b = ref MemoryMarshal.GetReference(box);
        ref var p = ref MemoryMarshal.GetReference(point[..stride]);
        for (nuint i = 0; i < (nuint)stride; i += (nuint)Vector256<float>.Count)
        {
            var (low, high, value) = (Vector256.LoadUnsafe(ref b, i), Vector256.LoadUnsafe(ref b, i + (nuint)stride), Vector256.LoadUnsafe(ref p, i));
            var flat = Vector256.Equals(low, high);
            if (Vector256.AndNot(Vector256.Equals(value, low) | Vector256.Equals(value, high), flat) != Vector256<float>.Zero)
            {
                return true;
            }
        }

        return false;
    }
}
