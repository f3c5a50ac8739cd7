namespace Tidewatch.Kafka.Partitions;

/// <summary>How members of the group are told apart and noticed when they are gone.</summary>
/// <param name="PreferConsumer">KIP-848's protocol where the broker has it.</param>
/// <param name="SessionTimeout">How long a silent classic member keeps its partitions; KIP-848 takes the broker's.</param>
public sealed record LoopProtocol(bool PreferConsumer, TimeSpan SessionTimeout);
