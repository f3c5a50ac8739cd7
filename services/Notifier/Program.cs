using Tidewatch.Notifier;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddNotifier(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
