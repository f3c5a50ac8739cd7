using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The I/O edge to the audit chain: the second source for where a partition stands.</summary>
public interface IProgressLog
{
    /// <summary>The last committed link of the partition, whatever topic id it names; null when there is none. Reads to the end that stands now.</summary>
    ProgressRecord? Last(InputPartition partition);
}
