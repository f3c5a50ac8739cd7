using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>What a detector of single values keeps of one feature.</summary>
public abstract class Channel
{
    /// <summary>True once enough was learned to score.</summary>
    public abstract bool IsWarm { get; }

    /// <summary>How unusual <paramref name="value"/> would be; at least 0. Changes nothing.</summary>
    public abstract double Statistic(double value, long timeMs);

    public abstract void Learn(double value, long timeMs);

    /// <summary>The normal range of the next value; asked only when warm.</summary>
    public virtual bool TryExpect(out Expectation expectation)
    {
        expectation = default;
        return false;
    }

    public abstract void Save(StateWriter writer);

    public abstract void Load(ref StateReader reader);
}
