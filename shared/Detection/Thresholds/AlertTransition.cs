namespace Tidewatch.Detection.Thresholds;

/// <summary>What an observation changed about a series' alert.</summary>
public enum AlertTransition : byte
{
    None,

    /// <summary>It became anomalous.</summary>
    Opened,

    /// <summary>It got worse while open.</summary>
    Escalated,

    /// <summary>It is normal again.</summary>
    Resolved,
}
