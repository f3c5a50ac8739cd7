using Tidewatch.Api;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddApi(builder.Configuration);
return await builder.Build().MapApi().RunTidewatchAsync();
