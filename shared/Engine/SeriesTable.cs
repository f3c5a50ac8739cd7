using System.IO.Hashing;

namespace Tidewatch.Engine;

/// <summary>Series by the UTF-8 bytes of their id, in the order they first appeared. Finding one allocates nothing.</summary>
/// <remarks>Open addressing with linear steps; the hash beside each index spares most comparisons. Series leave only from the end, when a transaction is undone.</remarks>
internal sealed class SeriesTable
{
    private readonly List<SeriesState> _series = [];
    private Slot[] _slots = new Slot[16];

    public int Count => _series.Count;

    public SeriesState this[int index] => _series[index];

    public SeriesState? Find(ReadOnlySpan<byte> id)
    {
        var hash = HashOf(id);
        var mask = _slots.Length - 1;
        for (var i = (int)hash & mask; _slots[i].Number != 0; i = (i + 1) & mask)
        {
            if (_slots[i].Hash == hash && _series[_slots[i].Number - 1] is var found && id.SequenceEqual(found.Id))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Adds a series that is not there.</summary>
    public void Add(SeriesState series)
    {
        _series.Add(series);
        if (_series.Count * 2 > _slots.Length)
        {
            Rebuild(_slots.Length * 2);
        }
        else
        {
            Place(_slots, HashOf(series.Id), _series.Count);
        }
    }

    /// <summary>Takes away every series but the first <paramref name="count"/>.</summary>
    public void Truncate(int count)
    {
        if (count < _series.Count)
        {
            _series.RemoveRange(count, _series.Count - count);
            Rebuild(_slots.Length);
        }
    }

    private void Rebuild(int length)
    {
        _slots = new Slot[length];
        for (var i = 0; i < _series.Count; i++)
        {
            Place(_slots, HashOf(_series[i].Id), i + 1);
        }
    }

    private static void Place(Slot[] slots, uint hash, int number)
    {
        var mask = slots.Length - 1;
        var i = (int)hash & mask;
        while (slots[i].Number != 0)
        {
            i = (i + 1) & mask;
        }

        slots[i] = new Slot(hash, number);
    }

    private static uint HashOf(ReadOnlySpan<byte> id) => (uint)XxHash3.HashToUInt64(id);

    /// <param name="Hash">Of the id.</param>
    /// <param name="Number">Place in the list, from 1; 0 for an empty slot.</param>
    private readonly record struct Slot(uint Hash, int Number);
}
