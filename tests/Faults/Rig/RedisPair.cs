using StackExchange.Redis;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>Two Redis servers, one a replica of the other, as whoever does the failover sees them.</summary>
internal sealed class RedisPair(RedisServer first, RedisServer second)
{
    /// <summary>A port on which no primary answers.</summary>
    private const int Nowhere = 1;

    public RedisServer Primary { get; private set; } = first;

    public RedisServer Replica { get; private set; } = second;

    /// <summary>The replica follows the primary, and has all that the primary has had so far.</summary>
    public async Task FollowAsync()
    {
        await RunAsync(Replica, "REPLICAOF", "127.0.0.1", $"{Primary.Port}");
        while (!((string?)await RunAsync(Replica, "INFO", "replication"))!.Contains("master_link_status:up", StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }
    }

    /// <summary>The replica hears nothing more of its primary, and keeps what it has.</summary>
    public Task LagAsync() => RunAsync(Replica, "REPLICAOF", "127.0.0.1", $"{Nowhere}");

    /// <summary>The replica, whatever it has, is the primary from now on.</summary>
    public async Task PromoteAsync()
    {
        await RunAsync(Replica, "REPLICAOF", "NO", "ONE");
        (Primary, Replica) = (Replica, Primary);
    }

    private static async Task<RedisResult> RunAsync(RedisServer redis, string command, params object[] arguments)
    {
        await using var connection = await ConnectAsync(redis);
        return await connection.GetServers()[0].ExecuteAsync(command, arguments);
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(RedisServer redis) => await ConnectionMultiplexer.ConnectAsync($"{redis.Configuration},allowAdmin=true");
}
