using System.Net.Sockets;
using System.Text.Json;

namespace Tidewatch.TestKit;

/// <summary>Makes Testcontainers speak the version of an engine that is older than it: the client does not negotiate.</summary>
internal static class DockerApi
{
    private const string Path = "/var/run/docker.sock";
    private const string Variable = "DOCKER_API_VERSION";
    private static readonly Version Newest = new(1, 44);

    /// <summary>Sets the variable that Testcontainers reads, where it is unset, the engine is the local one and speaks an older version.</summary>
    public static void Agree()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null && Environment.GetEnvironmentVariable("DOCKER_HOST") is null && File.Exists(Path) && Spoken() is { } spoken && spoken < Newest)
        {
            Environment.SetEnvironmentVariable(Variable, spoken.ToString());
        }
    }

    private static Version? Spoken()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = JsonDocument.Parse(http.GetStringAsync("http://localhost/version").GetAwaiter().GetResult());
            return Version.Parse(answer.RootElement.GetProperty("ApiVersion").GetString()!);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
