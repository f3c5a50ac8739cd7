using Tidewatch.Api;
using Tidewatch.Detector;
using Tidewatch.Generator;
using Tidewatch.HostAgent;
using Tidewatch.Notifier;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services
    .AddHostAgent(builder.Configuration)
    .AddGenerator(builder.Configuration)
    .AddDetector(builder.Configuration)
    .AddNotifier(builder.Configuration)
    .AddApi(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
