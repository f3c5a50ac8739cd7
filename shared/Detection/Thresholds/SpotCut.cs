using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>The score that is exceeded with a given risk, from the tail of the past scores (Siffer et al. 2017).</summary>
/// <remarks>Scores are taken as s / (1 - s), so that the tail is not cut off at 1. Until 200 scores were seen, and never lower, the line is at <paramref name="least"/>.</remarks>
/// <param name="risk">Probability of an ordinary score beyond the line, in (0, 0.1].</param>
/// <param name="least">Lowest line, in (0, 1].</param>
public sealed class SpotCut(double risk, double least) : ICut
{
    private const double Highest = 1 - 1e-9;
    private readonly PeaksOverThreshold _tail = new(risk, 0.95, 200);

    public double Value => _tail.IsWarm ? Math.Max(least, _tail.Limit / (1 + _tail.Limit)) : least;

    public void Learn(double score)
    {
        var odds = Math.Min(score, Highest);
        _tail.Add(odds / (1 - odds));
    }

    public void Correct(double score, bool isAnomaly)
    {
    }

    public void Save(StateWriter writer) => _tail.Save(writer);

    public void Load(ref StateReader reader) => _tail.Load(ref reader);
}
