using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>What a partition has seen; part of its state.</summary>
public readonly record struct EngineCounters(long Scored, long Rejected, long Duplicates, long OutOfOrder, long Alerts)
{
    internal void Save(StateWriter writer)
    {
        writer.Write(Scored);
        writer.Write(Rejected);
        writer.Write(Duplicates);
        writer.Write(OutOfOrder);
        writer.Write(Alerts);
    }

    internal static EngineCounters Load(ref StateReader reader) =>
        new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
}
