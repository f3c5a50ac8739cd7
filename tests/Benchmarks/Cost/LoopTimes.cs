using System.Diagnostics;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Benchmarks.Cost;

/// <summary>Where a loop's thread spends its time, taken at the loop's own edges by a clock around each call.</summary>
internal sealed class LoopTimes
{
    private readonly long[] _ticks = new long[Enum.GetValues<LoopPart>().Length];
    private bool _isOver;
    private LoopPart _now;
    private long _since;

    public IInputLog Around(IInputLog input) => new TimedInput(input, this);

    public IOutputLog Around(IOutputLog output) => new TimedOutput(output, this);

    /// <summary>Forgets what was measured, and begins in the loop itself.</summary>
    public void Begin()
    {
        Array.Clear(_ticks);
        (_isOver, _now, _since) = (false, LoopPart.Loop, Stopwatch.GetTimestamp());
    }

    /// <summary>Stops: what comes later is not counted.</summary>
    public void End()
    {
        Enter(LoopPart.Loop);
        _isOver = true;
    }

    /// <summary>The thread is in <paramref name="part"/> until what is returned is disposed.</summary>
    public Part Measure(LoopPart part) => new(this, Enter(part));

    /// <summary>Share of the time since <see cref="Begin"/> that went to <paramref name="part"/>, 0 to 1.</summary>
    public double Share(LoopPart part) => (double)_ticks[(int)part] / _ticks.Sum();

    private LoopPart Enter(LoopPart part)
    {
        var (before, now) = (_now, Stopwatch.GetTimestamp());
        _ticks[(int)before] += _isOver ? 0 : now - _since;
        (_now, _since) = (part, now);
        return before;
    }

    /// <summary>A stay in a part; its end returns to the part before.</summary>
    public readonly ref struct Part(LoopTimes times, LoopPart before)
    {
        public void Dispose() => times.Enter(before);
    }
}
