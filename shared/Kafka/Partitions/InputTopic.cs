namespace Tidewatch.Kafka.Partitions;

/// <summary>What the cluster says of an input topic: part of the state's identity.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="TopicId">The topic's unique id: a topic of the same name created again has another.</param>
/// <param name="PartitionCount">Its partitions.</param>
/// <param name="IsCompacted">Whether old records are replaced by newer ones of their key, so that a replay would differ.</param>
public sealed record InputTopic(string ClusterId, string TopicId, int PartitionCount, bool IsCompacted);
