namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Bounding boxes, numbered from 1, for a few nodes of a tree. Which nodes have one decides speed, not results.</summary>
internal sealed class BoxPool
{
    private readonly int _length;
    private readonly float[] _boxes;
    private readonly byte[] _free;
    private int _freeCount;

    /// <param name="boxes">Boxes, 1 to 255.</param>
    /// <param name="stride">Values of a padded point.</param>
    public BoxPool(int boxes, int stride)
    {
        (_length, _boxes, _free) = (2 * stride, new float[boxes * 2 * stride], new byte[boxes]);
        Clear();
    }

    /// <summary>Every box after the other.</summary>
    public ReadOnlySpan<float> All => _boxes;

    public Span<float> this[int box] => _boxes.AsSpan((box - 1) * _length, _length);

    /// <summary>A box, 0 when none is left.</summary>
    public byte Take() => _freeCount == 0 ? (byte)0 : _free[--_freeCount];

    /// <summary>Takes a box back; 0 is none.</summary>
    public void Return(byte box)
    {
        if (box > 0)
        {
            _free[_freeCount++] = box;
        }
    }

    public void Clear()
    {
        _freeCount = _free.Length;
        for (var i = 0; i < _free.Length; i++)
        {
            _free[i] = (byte)(i + 1);
        }
    }
}
