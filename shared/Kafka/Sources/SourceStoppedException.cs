namespace Tidewatch.Kafka.Sources;

/// <summary>The source met input that it was told not to pass over. It stays stopped, and its service's health says why.</summary>
public sealed class SourceStoppedException(string message) : Exception(message);
