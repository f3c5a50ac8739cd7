using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>A detector with the past of its own scores, where scores count by their rarity.</summary>
internal sealed class CalibratedDetector(IDetector detector, TailCalibration? calibration)
{
    public IDetector Detector => detector;

    public bool IsWarm => detector.IsWarm;

    /// <summary>The score of a warm detector. Every score enters its past, gated or not: what is common must not stay surprising.</summary>
    public double Score(in Sample sample)
    {
        var score = detector.Score(sample);
        if (calibration is null)
        {
            return score;
        }

        var calibrated = calibration.Score(score);
        calibration.Add(score);
        return calibrated;
    }

    public void Learn(in Sample sample) => detector.Learn(sample);

    /// <summary>Goes through a window as through a stream: scores what it can, then learns.</summary>
    public void Train(SampleWindow window)
    {
        for (var i = 0; i < window.Count; i++)
        {
            if (calibration is not null && detector.IsWarm)
            {
                calibration.Add(detector.Score(window[i]));
            }

            detector.Learn(window[i]);
        }
    }

    public void Save(StateWriter writer)
    {
        detector.Save(writer);
        calibration?.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        detector.Load(ref reader);
        calibration?.Load(ref reader);
    }
}
