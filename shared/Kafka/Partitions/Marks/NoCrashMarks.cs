namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>Nothing outlives the process: a record that kills it kills the next one too.</summary>
public sealed class NoCrashMarks : ICrashMarks, ICrashMark
{
    public static readonly NoCrashMarks Instance = new();

    public ICrashMark Of(InputPartition partition) => this;

    public int Deaths(long offset) => 0;

    public void Hold(long offset)
    {
        // Nowhere to write it.
    }

    public void Release()
    {
        // As above.
    }
}
