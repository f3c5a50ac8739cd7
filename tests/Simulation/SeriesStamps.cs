using Tidewatch.Contracts.Processing;

namespace Tidewatch.Simulation;

/// <summary>What the counting processor knows of its series' snapshots: their order, when each changed, and what a loaded one holds already.</summary>
internal sealed class SeriesStamps
{
    private const int BytesASeries = 22;
    private readonly List<string> _order = [];
    private readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _stamps = new(StringComparer.Ordinal);

    /// <summary>The one stamp of what concerns the partition as a whole.</summary>
    public long Partition { get; set; }

    public long Of(string series) => _stamps.GetValueOrDefault(series);

    public void Changed(string series, long offset)
    {
        if (!_order.Contains(series, StringComparer.Ordinal))
        {
            _order.Add(series);
        }

        _changed[series] = offset;
    }

    public void Loaded(string series, long stamp)
    {
        Changed(series, -1);
        _stamps[series] = stamp;
    }

    public void Forget(string series) => _order.Remove(series);

    /// <summary>The series that <paramref name="request"/> asks for.</summary>
    public IReadOnlyList<string> Choose(in SegmentRequest request, out int hand)
    {
        var chosen = new List<string>();
        for (hand = request.From; hand < request.Known && chosen.Count * BytesASeries < request.MaxBytes; hand++)
        {
            if (_changed[_order[hand]] >= request.ChangedSince)
            {
                chosen.Add(_order[hand]);
            }
        }

        chosen.AddRange(_order.Skip(request.Known));
        return chosen;
    }

    public void Clear()
    {
        _order.Clear();
        _changed.Clear();
        _stamps.Clear();
        Partition = 0;
    }
}
