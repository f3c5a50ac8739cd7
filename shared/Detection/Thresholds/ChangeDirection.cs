namespace Tidewatch.Detection.Thresholds;

/// <summary>Which changes count.</summary>
public enum ChangeDirection
{
    Both,

    /// <summary>Only values above the expected centre.</summary>
    Above,

    /// <summary>Only values below it.</summary>
    Below,
}
