using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>A line that people move: a false alarm lifts it, a missed anomaly lowers it, half of the way each time to where it is at odds with the fewest of their last judgements (empirical risk minimisation of a decision stump: Vapnik 1998, section 1).</summary>
/// <remarks>
/// A correction that agrees with the line moves nothing and is remembered: the line is not lifted past anomalies that were confirmed unless more false alarms are, nor lowered past more false alarms than anomalies. The
/// nearest of several lines that are as good is taken. Corrections lift it to 0.999 at most, so that the worst still alerts, and lower it to 0.05 at least.
/// </remarks>
/// <param name="first">Where it begins, in (0, 1].</param>
public sealed class FeedbackCut(double first) : ICut
{
    /// <summary>Stands where bytes of earlier releases have the line, which lies in (0, 1].</summary>
    private const double WithJudged = 2;

    private const double Share = 0.5;
    private const double Lowest = 0.05;
    private const double Highest = 0.999;
    private readonly JudgedScores _judged = new();

    public double Value { get; private set; } = first;

    public void Learn(double score)
    {
    }

    public void Correct(double score, bool isAnomaly)
    {
        _judged.Add(score, isAnomaly);
        if (score >= Value == isAnomaly)
        {
            return;
        }

        var (best, fewest) = (Value, _judged.Wrong(Value));
        foreach (var line in _judged.Lines().Select(l => Math.Clamp(l, Lowest, Highest)).Where(l => isAnomaly ? l < Value : l > Value))
        {
            var wrong = _judged.Wrong(line);
            if (wrong < fewest || (wrong == fewest && best != Value && Math.Abs(line - Value) < Math.Abs(best - Value)))
            {
                (best, fewest) = (line, wrong);
            }
        }

        Value += Share * (best - Value);
    }

    /// <summary>Without judgements the bytes are those of earlier releases.</summary>
    public void Save(StateWriter writer)
    {
        if (_judged.Count > 0)
        {
            writer.Write(WithJudged);
            _judged.Save(writer);
        }

        writer.Write(Value);
    }

    public void Load(ref StateReader reader)
    {
        _judged.Clear();
        var value = reader.ReadDouble();
        if (value == WithJudged)
        {
            _judged.Load(ref reader);
            value = reader.ReadDouble();
        }

        Value = value is > 0 and <= 1 ? value : throw new StateFormatException($"{value} is not a threshold");
    }
}
