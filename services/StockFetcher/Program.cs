using Tidewatch.StockFetcher;
using Tidewatch.ServiceDefaults;

var builder = TidewatchHost.CreateBuilder(args);
builder.Services.AddStockFetcher(builder.Configuration);
return await builder.Build().RunTidewatchAsync();
