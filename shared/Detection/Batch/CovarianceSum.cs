using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tidewatch.Detection.Batch;

/// <summary>Adds weighted rows to a covariance, sixteen at a time so that each piece of the matrix is fetched once for all of them.</summary>
/// <remarks>Each element's sum is added in the order of the rows: the result does not depend on how many are taken together.</remarks>
internal sealed class CovarianceSum(int dimension)
{
    private const int Rows = 16;
    private const int Tile = 64;
    private const int Width = 4;
    private double[] _differences = [];
    private double[] _weighted = [];
    private int _count;

    /// <summary>Adds weight x (row - mean)(row - mean)' to the lower triangle, at once or with the rows that follow.</summary>
    public void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> mean, double weight, Span<double> covariance)
    {
        if (_differences.Length == 0)
        {
            (_differences, _weighted) = (new double[Rows * dimension], new double[Rows * dimension]);
        }

        for (var i = 0; i < dimension; i++)
        {
            var difference = row[i] - mean[i];
            _differences[(_count * dimension) + i] = difference;
            _weighted[(i * Rows) + _count] = difference * weight;
        }

        if (++_count == Rows)
        {
            Flush(covariance);
        }
    }

    /// <summary>Adds what is left and copies the lower triangle to the upper.</summary>
    public void Complete(Span<double> covariance)
    {
        Flush(covariance);
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < i; j++)
            {
                covariance[(j * dimension) + i] = covariance[(i * dimension) + j];
            }
        }
    }

    private void Flush(Span<double> covariance)
    {
        for (var tile = 0; tile < dimension && _count > 0; tile += Tile)
        {
            for (var i = tile; i < dimension; i++)
            {
                AddRow(covariance.Slice(i * dimension, dimension), i, tile, Math.Min(i + 1, tile + Tile));
            }
        }

        _count = 0;
    }

    /// <summary>Columns from <paramref name="from"/> to <paramref name="to"/> of row <paramref name="i"/>; vectors may reach beyond the diagonal, whose other side is overwritten in the end.</summary>
    private void AddRow(Span<double> row, int i, int from, int to)
    {
        ref var target = ref MemoryMarshal.GetReference(row);
        ref var differences = ref MemoryMarshal.GetArrayDataReference(_differences);
        var weighted = _weighted.AsSpan(i * Rows, _count);
        var j = from;
        for (; j < to && j + (2 * Width) <= dimension; j += 2 * Width)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref target, (nuint)j), Vector256.LoadUnsafe(ref target, (nuint)(j + Width)));
            for (var k = 0; k < weighted.Length; k++)
            {
                var (weight, at) = (Vector256.Create(weighted[k]), (nuint)((k * dimension) + j));
                a += weight * Vector256.LoadUnsafe(ref differences, at);
                b += weight * Vector256.LoadUnsafe(ref differences, at + Width);
            }

            a.StoreUnsafe(ref target, (nuint)j);
            b.StoreUnsafe(ref target, (nuint)(j + Width));
        }

        for (; j < to; j++)
        {
            for (var k = 0; k < weighted.Length; k++)
            {
                row[j] += weighted[k] * _differences[(k * dimension) + j];
            }
        }
    }
}
