using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>The edge to what outlives a process that dies on a record: which record each partition has in hand.</summary>
public interface ICrashMarks
{
    /// <summary>The mark of one partition; the same one for as long as the process lives.</summary>
    ICrashMark Of(InputPartition partition);
}

/// <summary>One partition's mark. Called for every record, live or replayed: must not allocate or wait.</summary>
public interface ICrashMark
{
    /// <summary>How often in a row processes died with <paramref name="record"/> in hand; another record at its offset, after the log was truncated, is another record.</summary>
    int Deaths(in InputRecord record);

    /// <summary>The record is about to be applied: should the process die before <see cref="Release"/>, its next life counts that against the record.</summary>
    void Hold(in InputRecord record);

    /// <summary>The process lives on, whatever became of the record.</summary>
    void Release();

    /// <summary>The record is not tried again by this process. Whoever starts the next one wants it tried, with another version or more memory: that one counts anew.</summary>
    void GiveUp();
}
