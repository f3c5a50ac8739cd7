using DotNet.Testcontainers.Containers;

namespace Tidewatch.TestKit;

/// <summary>A redis-server by Docker.</summary>
internal sealed class RedisContainer(IContainer container, int port) : IRedisHost
{
    /// <summary>As in docker-compose.yml.</summary>
    public const string Image = "redis:8-alpine";

    /// <summary>Null where there is no engine or no image.</summary>
    public static RedisContainer? Begin(int port, string[] settings) =>
        Containers.Start(Image, port, 6379, builder => builder.WithEntrypoint("redis-server").WithCommand(["--protected-mode", "no", "--dir", "/data", .. settings])) is { } container ? new RedisContainer(container, port) : null;

    public void Start()
    {
        Containers.Finish(container.StartAsync);
        Connection.Await(port);
    }

    public void Kill() => Containers.Finish(container.StopAsync);

    public void Dispose() => Containers.Finish(_ => container.DisposeAsync().AsTask());
}
