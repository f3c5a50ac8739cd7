using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>Where the line between ordinary and anomalous scores is drawn.</summary>
public interface ICut
{
    /// <summary>Score from which an observation is anomalous, in (0, 1].</summary>
    double Value { get; }

    /// <summary>Takes the score of the newest observation, after it was judged.</summary>
    void Learn(double score);

    /// <summary>Takes a person's judgement of an earlier score.</summary>
    void Correct(double score, bool isAnomaly);

    void Save(StateWriter writer);

    void Load(ref StateReader reader);
}
