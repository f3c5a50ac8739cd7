using StackExchange.Redis;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>What an operator or a disk does to Redis.</summary>
internal static class RedisAdmin
{
    public static Task FlushAsync(this RedisServer redis) => RunAsync(redis, d => d.ExecuteAsync("FLUSHALL"));

    public static Task ConfigureAsync(this RedisServer redis, string name, string value) => RunAsync(redis, d => d.ExecuteAsync("CONFIG", "SET", name, value));

    /// <summary>Of every chunk of every snapshot: flips a bit in it, or takes it away.</summary>
    public static Task<int> DamageAsync(this RedisServer redis, Random random) => RunAsync(redis, async database =>
    {
        var damaged = 0;
        foreach (var chunk in await ChunksAsync(database))
        {
            if (random.Next(2) == 0)
            {
                await database.KeyDeleteAsync(chunk);
                damaged++;
            }
            else if ((byte[]?)await database.StringGetAsync(chunk) is { Length: > 0 } bytes)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                await database.StringSetAsync(chunk, bytes);
                damaged++;
            }
        }

        return damaged;
    });

    /// <summary>Whether a chunk of a snapshot is there.</summary>
    public static Task<bool> HasSnapshotAsync(this RedisServer redis) => RunAsync(redis, async d => (await ChunksAsync(d)).Count > 0);

    /// <summary>The newest offset of a snapshot's manifest, over all partitions; -1 where there is none.</summary>
    public static async Task<long> NewestSnapshotAsync(this RedisServer redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Configuration},allowAdmin=true");
        var newest = -1L;
        foreach (var key in (RedisKey[])(await connection.GetServers()[0].ExecuteAsync("KEYS", "*:snapshot:*:[ab]"))!)
        {
            newest = Math.Max(newest, (long)await connection.GetDatabase().HashGetAsync(key, "offset"));
        }

        return newest;
    }

    private static async Task<IReadOnlyList<string>> ChunksAsync(IDatabase database) =>
        [.. ((string[])(await database.ExecuteAsync("KEYS", "*:snapshot:*"))!).Where(k => char.IsDigit(k[^1])).Order(StringComparer.Ordinal)];

    private static async Task<T> RunAsync<T>(RedisServer redis, Func<IDatabase, Task<T>> action)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Configuration},allowAdmin=true");
        return await action(connection.GetDatabase());
    }
}
