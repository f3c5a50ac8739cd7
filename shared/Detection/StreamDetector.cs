using Tidewatch.Detection.State;

namespace Tidewatch.Detection;

/// <summary>Base of detectors whose statistic is unbounded: maps it to [0, 1] so that <see cref="Half"/> scores 0.5.</summary>
public abstract class StreamDetector : IDetector
{
    public abstract bool IsWarm { get; }

    /// <summary>The raw statistic that scores 0.5, such as 3 standard deviations.</summary>
    protected virtual double Half => 3;

    public double Raw(in Sample sample)
    {
        var raw = IsWarm ? Statistic(sample) : 0;
        return double.IsNaN(raw) ? 0 : Math.Clamp(raw, 0, double.MaxValue);
    }

    public double Score(in Sample sample)
    {
        var raw = Raw(sample);
        return double.IsPositiveInfinity(raw + Half) ? 1 : Map(raw);
    }

    public abstract void Learn(in Sample sample);

    public virtual bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = default;
        return false;
    }

    public abstract void Save(StateWriter writer);

    public abstract void Load(ref StateReader reader);

    /// <summary>The statistic of a warm detector; negative and NaN count as 0.</summary>
    protected abstract double Statistic(in Sample sample);

    /// <summary>Monotone map of the statistic to [0, 1]; 0 for 0.</summary>
    protected virtual double Map(double raw) => raw / (raw + Half);
}
