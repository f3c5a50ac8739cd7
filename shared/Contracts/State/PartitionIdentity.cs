namespace Tidewatch.Contracts.State;

/// <summary>What a snapshot belongs to: state of another identity is never loaded.</summary>
public sealed record PartitionIdentity(
    string ClusterId, string TopicId, string Topic, int Partition, int PartitionCount, string Group, int EngineVersion, ulong ConfigHash);
