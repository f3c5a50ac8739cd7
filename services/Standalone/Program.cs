using Tidewatch.Api;
using Tidewatch.Detector;
using Tidewatch.Generator;
using Tidewatch.HostAgent;
using Tidewatch.Notifier;
using Tidewatch.ServiceDefaults;
using Tidewatch.Standalone;

var builder = TidewatchHost.CreateBuilder(args);
await builder.Configuration.AddStandaloneDefaultsAsync();
if (PortCheck.Problem(builder.Configuration) is { } taken)
{
    Console.Error.WriteLine(taken);
    return 1;
}

builder.Services
    .AddHostAgent(builder.Configuration)
    .AddGenerator(builder.Configuration)
    .AddStockFetcherWhenAsked(builder.Configuration)
    .AddDetector(builder.Configuration)
    .AddNotifier(builder.Configuration)
    .AddApi(builder.Configuration)
    .AddHostedService<StartNotice>();
return await builder.Build().MapApi().RunTidewatchAsync();
