using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>A detector with the past of its own scores, where scores count by their rarity.</summary>
/// <remarks>No object of its own: there is one for each detector of each series.</remarks>
internal readonly struct CalibratedDetector(IDetector detector, TailCalibration? calibration)
{
    private readonly TailCalibration? _calibration = calibration;

    public IDetector Detector { get; } = detector;

    public bool IsWarm => Detector.IsWarm;

    /// <summary>The score of a warm detector. Every score enters its past, gated or not: what is common must not stay surprising.</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="raw">The same before it counts by its rarity.</param>
    public double Score(in Sample sample, out double raw)
    {
        var score = Judge(sample, out raw);
        _calibration?.Add(raw);
        return score;
    }

    /// <summary>The same without taking the score into its past.</summary>
    public double Judge(in Sample sample, out double raw)
    {
        raw = Detector.Score(sample);
        return _calibration?.Score(raw) ?? raw;
    }

    public void Learn(in Sample sample) => Detector.Learn(sample);

    /// <summary>Goes through a window as through a stream: scores what it can, then learns.</summary>
    public void Train(SampleWindow window)
    {
        for (var i = 0; i < window.Count; i++)
        {
            if (_calibration is not null && Detector.IsWarm)
            {
                _calibration.Add(Detector.Score(window[i]));
            }

            Detector.Learn(window[i]);
        }
    }

    public void Save(StateWriter writer)
    {
        Detector.Save(writer);
        _calibration?.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        Detector.Load(ref reader);
        _calibration?.Load(ref reader);
    }
}
