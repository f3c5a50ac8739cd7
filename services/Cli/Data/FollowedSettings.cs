using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;
using Tidewatch.Engine.Settings;
using Tidewatch.Kafka.Audit;

namespace Tidewatch.Cli.Data;

/// <summary>The settings that a replay goes through: where the given ones are those that the chain ends with, what was in force before them too, as far as its text was kept; else the given ones alone.</summary>
internal sealed class FollowedSettings
{
    private readonly Queue<(long From, EngineRules Rules)> _ahead;

    private FollowedSettings(ConfigHistory history, IEnumerable<(long From, EngineRules Rules)> rules)
    {
        (History, _ahead) = (history, new(rules));
        First = _ahead.Dequeue().Rules;
    }

    /// <summary>What links must be of to be compared.</summary>
    public ConfigHistory History { get; }

    /// <summary>In force at the beginning.</summary>
    public EngineRules First { get; }

    /// <param name="chain">The partition's links, in order.</param>
    /// <param name="given">The settings of the command.</param>
    /// <param name="textOf">The text of settings by their hash; null where none was kept.</param>
    public static FollowedSettings Of(IReadOnlyList<ProgressRecord> chain, EngineRules given, Func<ulong, string?> textOf)
    {
        var alone = new FollowedSettings(ConfigHistory.Begun(0, given.ConfigHash), [(0, given)]);
        if (StateLife.Of(chain) is not [.., var life] || life.Configs.Last.Hash != given.ConfigHash)
        {
            return alone;
        }

        var rules = life.Configs.Entries.Select(e => (e.From, Rules: e.Hash == given.ConfigHash ? given : RulesOf(e.Hash, textOf))).ToList();
        return rules.Exists(r => r.Rules is null) ? alone : new FollowedSettings(life.Configs, rules.Select(r => (r.From, r.Rules!)));
    }

    /// <summary>Puts in force what is to be in force for the record at <paramref name="offset"/>.</summary>
    public void Before(OfflineRun run, long offset)
    {
        while (_ahead.TryPeek(out var next) && next.From <= offset)
        {
            run.Configure(_ahead.Dequeue().Rules);
        }
    }

    /// <summary>Null where the text was not kept, or makes other settings in this release.</summary>
    private static EngineRules? RulesOf(ulong hash, Func<ulong, string?> textOf)
    {
        try
        {
            return textOf(hash) is { } text && new EngineRules(SettingsText.Read(text)) is var rules && rules.ConfigHash == hash ? rules : null;
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException)
        {
            return null;
        }
    }
}
