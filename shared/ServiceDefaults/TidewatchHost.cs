using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;
using Microsoft.Extensions.Options;

namespace Tidewatch.ServiceDefaults;

/// <summary>Builds and runs a service: defaults in, clear one-line errors and exit codes out.</summary>
public static class TidewatchHost
{
    /// <summary>A builder with environment variables under <c>TIDEWATCH_</c>, one-line logs, <see cref="TimeProvider"/>, health and metrics.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        HealthProbe.AnswerIfAsked(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables(StrictOptionsValidator.EnvironmentPrefix).AddCommandLine(args);
        builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp) = (true, "HH:mm:ss.fff ", true));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(8));
        return builder;
    }

    /// <summary>Maps health and metrics and runs until stopped. Exit code 0 after a stop, 2 for a bad configuration, 1 for a failed start.</summary>
    public static async Task<int> RunTidewatchAsync(this WebApplication app)
    {
        app.MapTidewatchDefaults();
        try
        {
            // The exporter listens from its first collection on: what was counted before would be missing.
            await Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null);
            // The host would construct hosted services first, and log a refused configuration with its stack.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (ConfigurationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Choose another with PORT= (or ASPNETCORE_URLS=), or stop the process that holds it.");
            return 1;
        }
    }
}
