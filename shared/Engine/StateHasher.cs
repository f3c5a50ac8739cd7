using System.IO.Hashing;
using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>Hash of a partition's state: the sum of the series' hashes, so the order does not matter and only touched series are hashed again.</summary>
internal sealed class StateHasher
{
    private readonly StateWriter _writer = new();
    private readonly List<SeriesState> _open = [];
    private ulong _sum;

    /// <summary>A series that has no hash yet.</summary>
    public void Add(SeriesState series)
    {
        series.IsHashed = false;
        _open.Add(series);
    }

    /// <summary>The state of <paramref name="series"/> is about to change.</summary>
    public void Touch(SeriesState series)
    {
        if (series.IsHashed)
        {
            _sum -= series.Hash;
            Add(series);
        }
    }

    public ulong Hash(EngineCounters counters)
    {
        foreach (var series in _open)
        {
            _writer.Clear();
            EngineState.Save(_writer, series);
            (series.Hash, series.IsHashed) = (XxHash3.HashToUInt64(_writer.Written), true);
            _sum += series.Hash;
        }

        _open.Clear();
        _writer.Clear();
        counters.Save(_writer);
        _writer.Write(_sum);
        return XxHash3.HashToUInt64(_writer.Written);
    }

    /// <summary>Forgets every hash: the series are now these.</summary>
    public void Reset(SeriesTable series)
    {
        _sum = 0;
        _open.Clear();
        for (var i = 0; i < series.Count; i++)
        {
            Add(series[i]);
        }
    }
}
