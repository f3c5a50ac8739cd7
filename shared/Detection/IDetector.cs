using Tidewatch.Detection.State;

namespace Tidewatch.Detection;

/// <summary>A model of one series. Two verbs: <see cref="Score"/> changes nothing, <see cref="Learn"/> returns nothing.</summary>
/// <remarks>Not thread-safe: a series lives in one partition, a partition on one thread. A pure function of what it learned: no clock, no ambient randomness.</remarks>
public interface IDetector
{
    /// <summary>True once enough was learned to score.</summary>
    bool IsWarm { get; }

    /// <summary>The detector's natural statistic, at least 0, larger is more anomalous; 0 until warm. Ranking and calibration use it.</summary>
    double Raw(in Sample sample);

    /// <summary>Anomaly score in [0, 1], 1 is worst, never NaN, 0 until warm.</summary>
    double Score(in Sample sample);

    /// <summary>Takes the sample into the model.</summary>
    void Learn(in Sample sample);

    /// <summary>The normal range of feature <paramref name="feature"/> for the next sample; false when the detector cannot say.</summary>
    bool TryExpect(int feature, out Expectation expectation);

    /// <summary>Writes the whole state: a loaded copy continues with the same scores to the bit.</summary>
    void Save(StateWriter writer);

    /// <summary>Replaces the state. Throws <see cref="StateFormatException"/> for bytes that <see cref="Save"/> did not write.</summary>
    void Load(ref StateReader reader);
}
