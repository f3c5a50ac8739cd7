using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>The same line for ever; it has no state.</summary>
public sealed class FixedCut(double value) : ICut
{
    public double Value => value;

    public void Learn(double score)
    {
    }

    public void Correct(double score, bool isAnomaly)
    {
    }

    public void Save(StateWriter writer)
    {
    }

    public void Load(ref StateReader reader)
    {
    }
}
