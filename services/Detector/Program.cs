using Tidewatch.Detector;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddDetector(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
