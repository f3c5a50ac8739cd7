using System.Globalization;
using Tidewatch.Contracts.State;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>Texts of the counting processor's settings: a number, which is its own hash.</summary>
public static class ModelSettings
{
    /// <summary>What members have at the beginning.</summary>
    public const ulong First = 7;

    /// <summary>Settings that members change to.</summary>
    public const int Kinds = 3;

    public static string Text(ulong hash) => hash.ToString(CultureInfo.InvariantCulture);

    public static ulong Hash(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The texts as a member reaches them: a write may be lost although it was acknowledged, and the store may be away.</summary>
public sealed class ModelSettingsStore(World world, Member member) : ISettingsStore
{
    public Task WriteAsync(string group, ulong hash, string text, CancellationToken cancellationToken)
    {
        world.Scheduler.Point(member);
        if (world.Scheduler.Fault(0.1))
        {
            world.Scheduler.Note(member, $"the text of settings {hash} is lost");
            return Task.CompletedTask;
        }

        world.Texts[hash] = text;
        return Task.CompletedTask;
    }

    public Task<string?> ReadAsync(string group, ulong hash, CancellationToken cancellationToken)
    {
        world.Scheduler.Point(member);
        return world.Scheduler.Fault(0.02) ? throw new SessionLostException("the settings are away") : Task.FromResult(world.Texts.GetValueOrDefault(hash));
    }
}
