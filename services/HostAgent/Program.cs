using Tidewatch.HostAgent;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddHostAgent(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
