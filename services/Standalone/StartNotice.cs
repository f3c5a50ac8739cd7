using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Tidewatch.Generator.Replay;
using Tidewatch.Kafka.Connection;
using Tidewatch.Storage;

namespace Tidewatch.Standalone;

/// <summary>Says once, when everything has started, where the page is, what is watched and where alerts go.</summary>
public sealed class StartNotice(
    IHostApplicationLifetime lifetime, IServer server, KafkaConnection kafka, IOptions<OutputOptions> output, IOptions<ReplayOptions> replay, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.Out.Write(Text()));
        lifetime.ApplicationStopping.Register(() => Console.Out.WriteLine("Tidewatch is stopping."));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Text()
    {
        var folder = output.Value.Folder;
        var influx = configuration["Influx:Url"] is { Length: > 0 } url ? url : Path.Combine(folder, "anomalies.db");
        var broker = kafka.IsEmbedded ? $"{kafka.BootstrapServers} (embedded in this process, at-least-once)" : kafka.BootstrapServers;
        return $"""

            Tidewatch watches {string.Join(", ", Watched())}.
              page    {string.Join(", ", Addresses())}
              broker  {broker}
              alerts  below, {Path.Combine(folder, "alerts.csv")}, {Path.Combine(folder, "mail")}; kept in {influx}
              stop    Ctrl-C


            """;
    }

    private IEnumerable<string> Watched()
    {
        yield return "this machine's metrics";
        yield return "generated payments";
        if (replay.Value.Path is { Length: > 0 } path)
        {
            yield return $"{path} (replayed {(replay.Value.Speed > 0 ? $"at {replay.Value.Speed:N0} times its own pace" : "flat out")})";
        }

        if (configuration["StockFetcher:ApiKey"] is { Length: > 0 })
        {
            yield return "stock quotes";
        }
    }

    private ICollection<string> Addresses() => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
