using System.Text;
using Tidewatch.Detection;
using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>What a partition knows of one series.</summary>
internal sealed class SeriesState(byte[] id, FeatureOrder? features, SeriesProfile profile, ulong seed)
{
    public byte[] Id { get; } = id;

    public string Name { get; } = Encoding.UTF8.GetString(id);

    /// <summary>The features' fixed order; null for a series with one value.</summary>
    public FeatureOrder? Features { get; } = features;

    public SeriesProfile Profile { get; } = profile;

    public DetectionPipeline Pipeline { get; } = new(profile.Detection, features?.Count ?? 1, seed);

    /// <summary>Event time of the newest observation, Unix milliseconds; -1 before the first.</summary>
    public long LastTimeMs { get; set; } = -1;

    /// <summary>Event time of the newest score point, Unix milliseconds; -1 before the first.</summary>
    public long LastScoreMs { get; set; } = -1;

    /// <summary>Offset of the record that last changed it; -1 for none since it was loaded. No state.</summary>
    public long ChangedAt { get; set; } = -1;

    /// <summary>Records before this offset are in it already: where the snapshot had it. No state.</summary>
    public long Stamp { get; set; }

    /// <summary>The transaction that last kept this series' pre-image; no state.</summary>
    public long TouchedBy { get; set; } = -1;

    /// <summary>Hash of the state as of the last time it was asked for; no state.</summary>
    public ulong Hash { get; set; }

    /// <summary>False once the state moved on from <see cref="Hash"/>; no state.</summary>
    public bool IsHashed { get; set; }

    /// <summary>What changes from observation to observation.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(LastTimeMs);
        writer.Write(LastScoreMs);
        Pipeline.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        LastTimeMs = reader.ReadInt64();
        LastScoreMs = reader.ReadInt64();
        Pipeline.Load(ref reader);
    }
}
