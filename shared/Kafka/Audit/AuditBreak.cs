namespace Tidewatch.Kafka.Audit;

/// <summary>The first place where the audit chain of a partition does not hold.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Topic">Input topic.</param>
/// <param name="Partition">Input partition.</param>
/// <param name="Offset">Input offset where it begins.</param>
/// <param name="Detail">The figures, for a person.</param>
public sealed record AuditBreak(AuditBreakKind Kind, string Topic, int Partition, long Offset, string Detail);

/// <summary>How a chain can break.</summary>
public enum AuditBreakKind
{
    /// <summary>Input offsets that no transaction covered: observations were lost.</summary>
    Gap,

    /// <summary>Input offsets that two transactions covered: observations were applied twice.</summary>
    Overlap,

    /// <summary>Another number of alerts on the topic than the link says.</summary>
    Count,

    /// <summary>As many alerts, but others than the link says.</summary>
    Hash,

    /// <summary>The same input gave another state than an offline run.</summary>
    State,

    /// <summary>The input topic was created again under the chain.</summary>
    Identity,
}
