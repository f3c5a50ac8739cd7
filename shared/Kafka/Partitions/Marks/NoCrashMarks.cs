using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>Nothing outlives the process: a record that kills it kills the next one too.</summary>
public sealed class NoCrashMarks : ICrashMarks, ICrashMark
{
    public static readonly NoCrashMarks Instance = new();

    public ICrashMark Of(InputPartition partition) => this;

    public int Deaths(in InputRecord record) => 0;

    public void Hold(in InputRecord record)
    {
        // Nowhere to write it.
    }

    public void Release()
    {
        // As above.
    }

    public void GiveUp()
    {
        // As above.
    }
}
