using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>A partition's state to go on from.</summary>
/// <param name="Processor">It, under the configuration of where it stands.</param>
/// <param name="Snapshot">What it was loaded from; null for an empty state.</param>
/// <param name="Configs">The configurations up to today's, which comes into force at the committed offset.</param>
/// <param name="Switches">What is still to be put in force, and at which offset.</param>
/// <param name="IsAnew">True where it is not the state that the chain speaks of: that one cannot be made again.</param>
internal sealed record LoadedState(
    IPartitionProcessor Processor, KeptSnapshot? Snapshot, ConfigHistory Configs, IReadOnlyList<(long At, string Settings)> Switches, bool IsAnew = false);
