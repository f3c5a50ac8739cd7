namespace Tidewatch.Kafka.Partitions;

/// <summary>Looks at the age of the open transaction while records are applied: a batch of slow ones, or a long replay beside them, may outlast the broker's timeout, which fences the producer.</summary>
/// <remarks>Looks at the clock once in 16 records.</remarks>
internal sealed class TransactionWatch(LoopOptions options, TimeProvider time)
{
    private const int Step = 16;
    private readonly TimeSpan _limit = options.TransactionTimeout / 2;
    private int _records;

    /// <summary>Time between two commits: as set, or the limit where that is shorter.</summary>
    public TimeSpan CommitInterval => options.CommitInterval < _limit ? options.CommitInterval : _limit;

    /// <summary>Whether the transaction begun at <paramref name="opened"/> has used up half of the broker's timeout.</summary>
    public bool IsOverdue(long opened, out TimeSpan age)
    {
        age = default;
        if (++_records % Step != 0)
        {
            return false;
        }

        age = time.GetElapsedTime(opened);
        return age >= _limit;
    }
}
