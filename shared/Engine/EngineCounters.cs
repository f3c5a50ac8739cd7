using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>What a partition has seen; part of its state.</summary>
public readonly record struct EngineCounters(long Scored, long Rejected, long Duplicates, long OutOfOrder, long Alerts)
{
    /// <summary>Corrections applied.</summary>
    public long Corrected { get; init; }

    /// <summary>Writes <see cref="Corrected"/> only where there were any.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Write(Scored);
        writer.Write(Rejected);
        writer.Write(Duplicates);
        writer.Write(OutOfOrder);
        writer.Write(Alerts);
        if (Corrected > 0)
        {
            writer.Write(Corrected);
        }
    }

    internal static EngineCounters Load(ref StateReader reader, bool hasCorrections) =>
        new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()) { Corrected = hasCorrections ? reader.ReadCount() : 0 };
}
