namespace Tidewatch.Cli.Output;

/// <summary>How a result is printed.</summary>
public enum ResultFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>The first table with a header.</summary>
    Csv,
}
