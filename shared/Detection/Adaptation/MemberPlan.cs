using Tidewatch.Detection.Calibration;

namespace Tidewatch.Detection.Adaptation;

/// <summary>One place of an ensemble as every series of a profile has it.</summary>
/// <param name="Entry">The detector.</param>
/// <param name="Options">How it is made.</param>
/// <param name="Calibrates">Whether its scores count by their rarity.</param>
/// <param name="Blend">Scores in which a successor's weight grows from 0 to 1; null where there never is a successor, which keeps it out of the state.</param>
internal sealed record MemberPlan(DetectorEntry Entry, DetectorOptions Options, bool Calibrates, int? Blend)
{
    /// <summary>One that has learned nothing.</summary>
    public CalibratedDetector Create(SeriesContext context) => new(Entry.Create(Options, context), Calibrates ? new TailCalibration() : null);
}
