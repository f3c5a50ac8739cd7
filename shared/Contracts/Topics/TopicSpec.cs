namespace Tidewatch.Contracts.Topics;

/// <summary>A topic with the settings it is created with.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Partitions">Number of partitions; part of the state contract of input topics.</param>
/// <param name="Settings">Kafka topic settings that differ from the broker's.</param>
public sealed record TopicSpec(string Name, int Partitions, IReadOnlyDictionary<string, string> Settings);
