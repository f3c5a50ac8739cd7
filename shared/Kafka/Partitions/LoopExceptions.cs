namespace Tidewatch.Kafka.Partitions;

/// <summary>The running transaction must be aborted; the producer can go on with the next.</summary>
public sealed class TransactionAbortedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Producer and state must be dropped: the outcome of a transaction is unknown, the producer was fenced, or the broker is away.</summary>
public sealed class SessionLostException(string message, Exception? inner = null) : Exception(message, inner);
