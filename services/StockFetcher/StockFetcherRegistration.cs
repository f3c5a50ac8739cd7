using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tidewatch.StockFetcher;

/// <summary>Registers the stock fetcher: quotes to observations.stocks.v1.</summary>
public static class StockFetcherRegistration
{
    public static IServiceCollection AddStockFetcher(this IServiceCollection services, IConfiguration configuration) =>
        throw new NotSupportedException("the next commits bring it");
}
