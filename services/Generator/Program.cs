using Tidewatch.Generator;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddGenerator(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
