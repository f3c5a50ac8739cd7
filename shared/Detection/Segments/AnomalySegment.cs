namespace Tidewatch.Detection.Segments;

/// <summary>A collective anomaly: rows that are anomalous together.</summary>
/// <param name="Start">First row.</param>
/// <param name="End">Row after the last.</param>
/// <param name="Weight">Sum of the scores' excesses over the threshold, above 0.</param>
/// <param name="Peak">Row with the highest score.</param>
public readonly record struct AnomalySegment(int Start, int End, double Weight, int Peak)
{
    public int Length => End - Start;
}
