namespace Tidewatch.Generator.Replay;

/// <summary>When each row of a file is due, and by how much its time is shifted in later rounds of a loop.</summary>
/// <param name="speed">Multiple of the file's own pace; 0 waits for nothing.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayPace(double speed, TimeProvider time)
{
    private TimeSpan _shift;
    private TimeSpan _step;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;
    private long _started;

    /// <summary>The row's time in this round.</summary>
    public DateTimeOffset Shift(DateTimeOffset at)
    {
        at += _shift;
        if (_first is null)
        {
            (_first, _last, _started) = (at, at, time.GetTimestamp());
        }

        _step = at > _last ? at - _last : _step;
        _last = at > _last ? at : _last;
        return at;
    }

    /// <summary>Returns when a row of that time is due.</summary>
    public async ValueTask WaitAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (speed > 0 && ((at - _first!.Value) / speed) - time.GetElapsedTime(_started) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Moves the next round behind this one; false when there was no row, so that there is nothing to repeat.</summary>
    public bool NextRound()
    {
        _shift = _first is { } first ? _last + (_step > TimeSpan.Zero ? _step : TimeSpan.FromSeconds(1)) - first : default;
        return _first is not null;
    }
}
