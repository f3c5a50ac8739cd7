namespace Tidewatch.Detection.Thresholds;

/// <summary>How bad: 0 none, 1 mild, 2 moderate, 3 extreme.</summary>
public enum AlertLevel : byte
{
    None,
    Mild,
    Moderate,
    Extreme,
}
