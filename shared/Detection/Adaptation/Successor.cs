namespace Tidewatch.Detection.Adaptation;

/// <summary>The detector that takes over a place.</summary>
/// <param name="Taking">It, trained from the newest observations.</param>
internal sealed record Successor(CalibratedDetector Taking)
{
    /// <summary>Scores that were blended with the old one's.</summary>
    public int Blended { get; set; }
}
