using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>A line that people move: a false alarm lifts it towards that score and beyond, a missed anomaly lowers it to below that score, half of the way each time.</summary>
/// <remarks>A correction that agrees with the line changes nothing. Corrections lift it to 0.999 at most, so that the worst still alerts, and lower it to 0.05 at least.</remarks>
/// <param name="first">Where it begins, in (0, 1].</param>
public sealed class FeedbackCut(double first) : ICut
{
    private const double Share = 0.5;
    private const double Lowest = 0.05;
    private const double Highest = 0.999;

    public double Value { get; private set; } = first;

    public void Learn(double score)
    {
    }

    public void Correct(double score, bool isAnomaly)
    {
        if (isAnomaly && score < Value)
        {
            var beyond = score - (Share * Share * score);
            Value = Math.Min(Value, Math.Max(Lowest, Value - (Share * (Value - beyond))));
        }
        else if (!isAnomaly && score >= Value)
        {
            var beyond = score + (Share * Share * (1 - score));
            Value = Math.Max(Value, Math.Min(Highest, Value + (Share * (beyond - Value))));
        }
    }

    public void Save(StateWriter writer) => writer.Write(Value);

    public void Load(ref StateReader reader) =>
        Value = reader.ReadDouble() is var value && value is > 0 and <= 1 ? value : throw new StateFormatException($"{value} is not a threshold");
}
