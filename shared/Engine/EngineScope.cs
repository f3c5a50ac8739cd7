namespace Tidewatch.Engine;

/// <summary>Which input an engine judges: what alert ids are made of.</summary>
/// <param name="TopicId">The topic's unique id; its name where the broker gives none.</param>
/// <param name="Topic">The topic's name.</param>
/// <param name="Partition">Number of the partition.</param>
/// <param name="Domain">Domain named in alerts.</param>
public sealed record EngineScope(string TopicId, string Topic, int Partition, string Domain);
