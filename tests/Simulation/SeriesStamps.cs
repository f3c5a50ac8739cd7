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
    public IReadOnlyList<string> Choose(in SegmentRequest request, out SegmentExtent extent)
    {
        var (chosen, hand, written) = (new List<string>(), request.From, SeriesSet.CopyOf(request.Written));
        for (; hand < request.Known && chosen.Count * BytesASeries < request.MaxBytes; hand++)
        {
            if (_changed[_order[hand]] >= request.ChangedSince)
            {
                chosen.Add(_order[hand]);
                written.Add(hand);
            }
        }

        var others = Enumerable.Range(0, request.Known).Where(i => !written.Contains(i)).Take((int)Math.Min(request.Copies, request.MaxBytes / BytesASeries)).ToList();
        var added = Enumerable.Range(request.Known, _order.Count - request.Known).ToList();
        others.ForEach(written.Add);
        added.ForEach(written.Add);
        chosen.AddRange(others.Concat(added).Select(i => _order[i]));
        extent = new SegmentExtent(hand, written);
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
