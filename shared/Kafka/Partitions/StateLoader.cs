using Microsoft.Extensions.Logging;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Partitions;

/// <summary>Loads the newest usable state of a partition, and finds the configurations that a replay from there goes through.</summary>
internal sealed partial class StateLoader(SnapshotTiers tiers, SettingsShelf shelf, ILogger logger)
{
    /// <summary>The state that a replay leads to <paramref name="committed"/>.</summary>
    /// <param name="today">An empty state under today's configuration, which is looked at only.</param>
    /// <param name="create">Makes another.</param>
    /// <param name="history">The configurations so far.</param>
    /// <param name="committed">Where today's comes into force.</param>
    /// <param name="start">First offset on the topic.</param>
    /// <param name="snapshots">Those of this history that can be replayed from, the shortest replay first.</param>
    public LoadedState Load(IPartitionProcessor today, Func<IPartitionProcessor> create, ConfigHistory history, long committed, long start, IEnumerable<KeptSnapshot> snapshots)
    {
        shelf.Keep(today);
        var path = history.With(committed, today.ConfigHash);
        var lost = default((ulong Hash, string Reason)?);
        foreach (var snapshot in snapshots)
        {
            if (Route(create, path, history.EntryOf(snapshot.Manifest.Identity.ConfigHash, snapshot.Manifest.Offset), ref lost) is { } route && TryLoad(route.Processor, snapshot))
            {
                return new LoadedState(route.Processor, snapshot, path, route.Switches);
            }
        }

        // Where records are gone an empty state leads nowhere: what was in force last decides whether that is to be told.
        if (Route(create, path, start > 0 ? history.Entries.Count - 1 : 0, ref lost) is { } whole && (start == 0 || lost is null))
        {
            return new LoadedState(whole.Processor, null, path, whole.Switches);
        }

        LogAnew(lost!.Value.Hash, lost.Value.Reason);
        return Anew(create(), committed);
    }

    /// <summary>An empty state under today's configuration, at which a history of its own begins.</summary>
    public LoadedState Anew(IPartitionProcessor today, long committed)
    {
        shelf.Keep(today);
        return new LoadedState(today, null, ConfigHistory.Begun(committed, today.ConfigHash), [], IsAnew: true);
    }

    /// <summary>An empty state under the configuration of an entry, and the switches after it; null, and the one that is lost, where a text is.</summary>
    private (IPartitionProcessor Processor, IReadOnlyList<(long At, string Settings)> Switches)? Route(
        Func<IPartitionProcessor> create, ConfigHistory path, int first, ref (ulong Hash, string Reason)? lost)
    {
        var texts = new List<(long At, string Settings)>();
        foreach (var entry in path.Entries.Skip(first))
        {
            var (text, reason) = shelf.Find(entry.Hash, create);
            if (text is null)
            {
                lost = (entry.Hash, reason);
                return null;
            }

            texts.Add((entry.From, text));
        }

        // Last, for whoever makes processors may follow the newest.
        var processor = create();
        if (path.Entries[first].Hash != processor.ConfigHash)
        {
            processor.Configure(texts[0].Settings);
        }

        return (processor, texts[1..]);
    }

    /// <summary>Loads a snapshot. Where series are of different offsets, replay proves its hash. A failed attempt leaves nothing behind: the processor is not used again.</summary>
    private bool TryLoad(IPartitionProcessor processor, KeptSnapshot snapshot)
    {
        var manifest = snapshot.Manifest;
        try
        {
            if (tiers.Load(snapshot) is not { } segments)
            {
                LogUnreadable(manifest.Offset, "a part is missing or changed");
                return false;
            }

            processor.Load(segments);
            if (manifest.ReplayFrom < manifest.Offset || processor.StateHash() == manifest.StateHash)
            {
                return true;
            }

            LogUnreadable(manifest.Offset, "its state hash differs");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnreadable(manifest.Offset, e.Message);
        }

        return false;
    }

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "the snapshot at {Offset} is not readable: {Reason}; an older one or a longer replay takes its place")]
    private partial void LogUnreadable(long offset, string reason);

    [LoggerMessage(EventId = 123, Level = LogLevel.Warning, Message = "the settings {Hash:x16}, once in force, cannot be followed: {Reason}. The state is made anew from what is retained, under today's settings; to keep what was learned, stop now and start with those settings or with what they need")]
    private partial void LogAnew(ulong hash, string reason);
}
