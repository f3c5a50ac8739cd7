using System.Text;
using Tidewatch.Detection;
using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>What a partition knows of one series.</summary>
internal sealed class SeriesState
{
    public SeriesState(byte[] id, FeatureOrder? features, EngineRules rules)
    {
        (Id, Features) = (id, features);
        var name = Name;
        (Profile, Pipeline) = (rules.ProfileOf(name), rules.NewPipeline(name, features?.Count ?? 1));
    }

    /// <summary>UTF-8.</summary>
    public byte[] Id { get; }

    /// <summary>The id as text, made anew each time: only alerts, score points and errors ask for it.</summary>
    public string Name => Encoding.UTF8.GetString(Id);

    /// <summary>The features' fixed order; null for a series with one value.</summary>
    public FeatureOrder? Features { get; }

    public SeriesProfile Profile { get; private set; }

    public DetectionPipeline Pipeline { get; private set; }

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

    /// <summary>Puts other rules in force. What was learned stays where they learn as before, wherever they draw the line; else the series begins anew, but for the times: a duplicate stays one.</summary>
    public void Configure(EngineRules rules)
    {
        var profile = rules.ProfileOf(Name);
        if (!string.Equals(profile.Learning, Profile.Learning, StringComparison.Ordinal))
        {
            Pipeline = rules.NewPipeline(Name, Features?.Count ?? 1);
        }
        else if (!string.Equals(profile.Identity, Profile.Identity, StringComparison.Ordinal))
        {
            Pipeline.JudgeBy(profile.Plan);
        }

        Profile = profile;
    }

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
