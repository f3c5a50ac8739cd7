namespace Tidewatch.Detection.Features.Missing;

/// <summary>What stands in for a value that is missing (NaN).</summary>
public enum MissingValueMethod
{
    /// <summary>The value before. Causal.</summary>
    ForwardFill,

    /// <summary>A straight line between the values before and after; at the ends the nearest one. Looks ahead: for tables, not for streams.</summary>
    Interpolate,

    /// <summary>The value one season before, else the value before. Causal.</summary>
    Seasonal,
}
