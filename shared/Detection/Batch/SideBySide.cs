using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tidewatch.Detection.Batch;

/// <summary>Rows of a table laid side by side in blocks of sixteen lanes: value j of lane l stands at <c>16 j + l</c>, so that one instruction works on several rows.</summary>
/// <remarks>Each row's sum is added in the order of its values, as one row alone would be: the result is the same to the last bit, on every processor.</remarks>
internal sealed class SideBySide
{
    /// <summary>Rows of a block.</summary>
    public const int Lanes = 16;
    private const int LookEvery = 16;
    private const int Width = 4;
    private readonly double[] _values;

    /// <param name="table">The rows; lanes beyond the last are infinitely far.</param>
    public SideBySide(Table table)
    {
        (Dimension, Count) = (table.Dimension, table.Count);
        _values = new double[Blocks * Lanes * Dimension];
        Array.Fill(_values, double.PositiveInfinity);
        for (var row = 0; row < Count; row++)
        {
            Lay(table[row], _values.AsSpan(row / Lanes * Lanes * Dimension), row % Lanes);
        }
    }

    public int Count { get; }

    public int Dimension { get; }

    public int Blocks => (Count + Lanes - 1) / Lanes;

    /// <summary>Lays one row into a lane of a block.</summary>
    public static void Lay(ReadOnlySpan<double> row, Span<double> block, int lane)
    {
        for (var j = 0; j < row.Length; j++)
        {
            block[(j * Lanes) + lane] = row[j];
        }
    }

    /// <summary>Squared Euclidean distances of <paramref name="row"/> to the rows of a block; when all exceed <paramref name="bound"/>, something above it may stand for each. False where none lies below it.</summary>
    public bool SquaredDistances(int block, ReadOnlySpan<double> row, double bound, Span<double> distances)
    {
        ref var values = ref MemoryMarshal.GetReference(_values.AsSpan(block * Lanes * Dimension, Lanes * Dimension));
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var limit = Vector256.Create(bound);
        for (var j = 0; j < row.Length; j++)
        {
            var (value, at) = (Vector256.Create(row[j]), (nuint)(j * Lanes));
            a = AddSquare(a, value - Vector256.LoadUnsafe(ref values, at));
            b = AddSquare(b, value - Vector256.LoadUnsafe(ref values, at + Width));
            c = AddSquare(c, value - Vector256.LoadUnsafe(ref values, at + (2 * Width)));
            d = AddSquare(d, value - Vector256.LoadUnsafe(ref values, at + (3 * Width)));
            if ((j + 1) % LookEvery == 0 && Vector256.GreaterThanAll(Vector256.Min(Vector256.Min(a, b), Vector256.Min(c, d)), limit))
            {
                break;
            }
        }

        ref var target = ref MemoryMarshal.GetReference(distances[..Lanes]);
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, Width);
        c.StoreUnsafe(ref target, 2 * Width);
        d.StoreUnsafe(ref target, 3 * Width);
        return !Vector256.GreaterThanOrEqualAll(Vector256.Min(Vector256.Min(a, b), Vector256.Min(c, d)), limit);
    }

    /// <summary>Forward substitution: replaces x by the solution y of L y = x in every lane of <paramref name="block"/>.</summary>
    /// <param name="factor">Lower triangle L, row-major.</param>
    /// <param name="stride">Values from one row of L to the next.</param>
    /// <param name="size">Rows of L used, and values of a lane.</param>
    /// <param name="block">The lanes, <paramref name="size"/> values each.</param>
    public static void Solve(ReadOnlySpan<double> factor, int stride, int size, Span<double> block)
    {
        ref var x = ref MemoryMarshal.GetReference(block[..(size * Lanes)]);
        for (var i = 0; i < size; i++)
        {
            var row = factor.Slice(i * stride, i + 1);
            var place = (nuint)(i * Lanes);
            var (a, b) = (Vector256.LoadUnsafe(ref x, place), Vector256.LoadUnsafe(ref x, place + Width));
            var (c, d) = (Vector256.LoadUnsafe(ref x, place + (2 * Width)), Vector256.LoadUnsafe(ref x, place + (3 * Width)));
            for (var j = 0; j < i; j++)
            {
                var (f, at) = (Vector256.Create(row[j]), (nuint)(j * Lanes));
                a -= f * Vector256.LoadUnsafe(ref x, at);
                b -= f * Vector256.LoadUnsafe(ref x, at + Width);
                c -= f * Vector256.LoadUnsafe(ref x, at + (2 * Width));
                d -= f * Vector256.LoadUnsafe(ref x, at + (3 * Width));
            }

            var diagonal = Vector256.Create(row[i]);
            (a / diagonal).StoreUnsafe(ref x, place);
            (b / diagonal).StoreUnsafe(ref x, place + Width);
            (c / diagonal).StoreUnsafe(ref x, place + (2 * Width));
            (d / diagonal).StoreUnsafe(ref x, place + (3 * Width));
        }
    }

    private static Vector256<double> AddSquare(Vector256<double> sum, Vector256<double> difference) => sum + (difference * difference);
}
