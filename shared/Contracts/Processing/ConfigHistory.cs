namespace Tidewatch.Contracts.Processing;

/// <summary>Which configuration was in force at which input offset, for one life of a partition's state: a replay follows it. Pure.</summary>
/// <remarks>A state that is made anew from what is retained begins a history of its own. Records before its first entry are applied under the first entry's configuration.</remarks>
public sealed class ConfigHistory
{
    private ConfigHistory(IReadOnlyList<ConfigEntry> entries) => Entries = entries;

    /// <summary>At least one, by rising offset.</summary>
    public IReadOnlyList<ConfigEntry> Entries { get; }

    /// <summary>The configuration in force at the end.</summary>
    public ConfigEntry Last => Entries[^1];

    /// <summary>What a link says of it; null for one configuration from the first offset on.</summary>
    public IReadOnlyList<ConfigEntry>? Recorded => Entries is [{ From: 0 }] ? null : Entries;

    /// <summary>One configuration, for a state that stands at <paramref name="at"/> and was made under it alone.</summary>
    public static ConfigHistory Begun(long at, ulong hash) => new([new ConfigEntry(at, hash)]);

    /// <summary>The history up to a link; one of an earlier version speaks of one configuration.</summary>
    public static ConfigHistory Of(ProgressRecord link) => link.Configs is { Count: > 0 } configs ? new(configs) : Begun(0, link.ConfigHash);

    /// <summary>The history with <paramref name="hash"/> in force from <paramref name="at"/> on; itself where it is in force already.</summary>
    public ConfigHistory With(long at, ulong hash) => Last.Hash == hash ? this : new([.. Entries, new ConfigEntry(at, hash)]);

    /// <summary>The history without what lies wholly below <paramref name="start"/>, where the log begins now.</summary>
    public ConfigHistory Since(long start) => new([.. Entries.Skip(Entries.Skip(1).Count(e => e.From < start))]);

    /// <summary>The entry under which a snapshot of that configuration and stamp was taken; -1 where it belongs to another state.</summary>
    /// <remarks>At an offset where the configuration changed there are two states, one of before and one of after. Where the state was begun anew there is one: a snapshot of the same stamp is of the life before.</remarks>
    public int EntryOf(ulong hash, long stamp)
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            var isAfterFrom = i == 0 && Entries[0].From > 0 ? stamp > Entries[0].From : stamp >= Entries[i].From;
            if (Entries[i].Hash == hash && isAfterFrom && (i + 1 == Entries.Count || stamp <= Entries[i + 1].From))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a link is of this life of the state: what both know of it is the same.</summary>
    public bool Covers(ProgressRecord link)
    {
        var (theirs, mine) = (Of(link).Entries, Entries.Where(e => e.From <= link.From).ToList());
        var known = Math.Min(theirs.Count, mine.Count);
        return known > 0 && theirs.Skip(theirs.Count - known).SequenceEqual(mine.Skip(mine.Count - known));
    }
}
