namespace Tidewatch.Kafka.Partitions;

/// <summary>The I/O edge on the writing side: one transactional producer (at-least-once with the embedded broker).</summary>
/// <remarks>Throws <see cref="TransactionAbortedException"/> when the transaction must be undone and can be begun again, <see cref="SessionLostException"/> when its outcome is unknown or the producer is fenced.</remarks>
public interface IOutputLog : IDisposable
{
    /// <summary>Takes a new epoch: what an earlier owner of the id left open is ended.</summary>
    void Initialize();

    void Begin();

    void Produce(string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers);

    /// <summary>Commits what was produced together with the input offsets (next to read).</summary>
    void Commit(IReadOnlyList<(InputPartition Partition, long Offset)> offsets, IInputLog input);

    void Abort();
}
