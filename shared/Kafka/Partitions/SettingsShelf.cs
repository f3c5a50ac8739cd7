using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;

namespace Tidewatch.Kafka.Partitions;

/// <summary>The configurations of a group by their hashes: today's is kept before any link names it, earlier ones are made again for a replay.</summary>
/// <remarks>Throws <see cref="SessionLostException"/> where the store is away: to take an unanswered question for a missing text would give up state that is there.</remarks>
/// <param name="store">Where texts are; null for nowhere.</param>
/// <param name="group">Consumer group, with the topic prefix.</param>
public sealed class SettingsShelf(ISettingsStore? store, string group)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);
    private readonly Dictionary<ulong, string> _texts = [];

    /// <summary>Keeps what is in force in <paramref name="today"/>; returns once it is acknowledged.</summary>
    public void Keep(IPartitionProcessor today)
    {
        if (store is not null && !_texts.ContainsKey(today.ConfigHash) && Ask(token => store.ReadAsync(group, today.ConfigHash, token)) is null)
        {
            Ask(async token =>
            {
                await store.WriteAsync(group, today.ConfigHash, today.Settings, token);
                return today;
            });
        }

        _texts[today.ConfigHash] = today.Settings;
    }

    /// <summary>The text of a configuration that can be put in force here; else why not.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="create">Makes a processor to try it on.</param>
    public (string? Text, string Reason) Find(ulong hash, Func<IPartitionProcessor> create)
    {
        if (_texts.TryGetValue(hash, out var known))
        {
            return (known, "");
        }

        if (store is null || Ask(token => store.ReadAsync(group, hash, token)) is not { } text)
        {
            return (null, "no text of them was kept, as by a release before this one");
        }

        try
        {
            var trial = create();
            trial.Configure(text);
            if (trial.ConfigHash != hash)
            {
                return (null, $"their text now makes {trial.ConfigHash:x16}, as where a file that it names has changed");
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, e.Message);
        }

        return (_texts[hash] = text, "");
    }

    private static T Ask<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            return ask(timeout.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new SessionLostException($"the texts of settings cannot be reached: {e.Message}", e);
        }
    }
}
