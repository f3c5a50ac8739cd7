using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>Pre-images of the series that the running transaction touched, one behind the other in one reused buffer.</summary>
internal sealed class UndoLog
{
    private readonly StateWriter _images = new();
    private readonly List<(SeriesState Series, int Start)> _entries = [];
    private EngineCounters _counters;
    private int _seriesCount;
    private long _transaction;

    public bool IsOpen { get; private set; }

    public void Begin(EngineCounters counters, int seriesCount)
    {
        (_counters, _seriesCount, IsOpen) = (counters, seriesCount, true);
        _transaction++;
        Clear();
    }

    /// <summary>Keeps the state of <paramref name="series"/> when this is its first change in the transaction.</summary>
    public void Keep(SeriesState series)
    {
        if (IsOpen && series.TouchedBy != _transaction)
        {
            series.TouchedBy = _transaction;
            _entries.Add((series, _images.Written.Length));
            series.Save(_images);
        }
    }

    /// <summary>A series that the transaction made needs no pre-image: undoing takes it away.</summary>
    public void Made(SeriesState series) => series.TouchedBy = _transaction;

    public void Drop()
    {
        IsOpen = false;
        Clear();
    }

    /// <summary>Puts every touched series back and says what else was at the beginning.</summary>
    public (EngineCounters Counters, int SeriesCount) Restore()
    {
        foreach (var (series, start) in _entries)
        {
            var reader = new StateReader(_images.Written[start..]);
            series.Load(ref reader);
        }

        Drop();
        return (_counters, _seriesCount);
    }

    private void Clear()
    {
        _entries.Clear();
        _images.Clear();
    }
}
