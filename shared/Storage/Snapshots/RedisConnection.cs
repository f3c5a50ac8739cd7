using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Tidewatch.Storage.Snapshots;

/// <summary>One lazy connection: made at first use, kept, made again by the client when it breaks. While Redis is away every call fails at once.</summary>
public sealed partial class RedisConnection(IOptions<RedisOptions> options, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    private const string WantedPolicy = "noeviction";
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ConnectionMultiplexer? _multiplexer;

    /// <summary>The database. Throws <see cref="RedisConnectionException"/> while there is no connection.</summary>
    public async Task<IDatabase> DatabaseAsync(CancellationToken cancellationToken)
    {
        var multiplexer = await ConnectAsync(cancellationToken);
        return multiplexer.IsConnected
            ? multiplexer.GetDatabase()
            : throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, $"no connection to Redis at {Address}");
    }

    /// <summary>Null when Redis answers and drops nothing by itself; else what is wrong and the remedy.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            var database = await DatabaseAsync(cancellationToken);
            await database.PingAsync();
            return await EvictionProblemAsync(database);
        }
        catch (RedisException e)
        {
            return $"Redis at {Address} is away ({e.GetType().Name}): detection goes on, snapshots wait";
        }
        catch (TimeoutException)
        {
            return $"Redis at {Address} does not answer within {options.Value.Timeout}: detection goes on, snapshots wait";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_multiplexer is not null)
        {
            await _multiplexer.DisposeAsync();
        }

        _gate.Dispose();
    }

    private string Address => string.Join(", ", ConfigurationOptions.Parse(options.Value.Configuration).EndPoints.Select(e => e.ToString()));

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _multiplexer ??= await OpenAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Admin mode is what the client asks for INFO, which tells the eviction policy.</summary>
    private async Task<ConnectionMultiplexer> OpenAsync()
    {
        var timeout = (int)options.Value.Timeout.TotalMilliseconds;
        var configuration = ConfigurationOptions.Parse(options.Value.Configuration);
        configuration.AllowAdmin = true;
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        (configuration.ConnectTimeout, configuration.AsyncTimeout, configuration.SyncTimeout) = (timeout, timeout, timeout);
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
        if (multiplexer.IsConnected && await EvictionProblemAsync(multiplexer.GetDatabase()) is { } problem)
        {
            LogEviction(problem);
        }

        return multiplexer;
    }

    private static async Task<string?> EvictionProblemAsync(IDatabase database)
    {
        var info = (string?)await database.ExecuteAsync("INFO", "memory") ?? "";
        var policy = info.Split('\n').FirstOrDefault(l => l.StartsWith("maxmemory_policy:", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return policy is null or WantedPolicy
            ? null
            : $"Redis has maxmemory-policy {policy} and may drop parts of snapshots: set it to {WantedPolicy} (CONFIG SET maxmemory-policy {WantedPolicy})";
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogEviction(string problem);
}
