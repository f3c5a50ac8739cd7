using Tidewatch.Contracts;

namespace Tidewatch.Kafka.Sources;

/// <summary>An observation and the domain whose topic it belongs to.</summary>
public readonly record struct SourcedObservation(string Domain, Observation Observation);
