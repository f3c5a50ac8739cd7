using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Sources;
using Tidewatch.ServiceDefaults;
using Tidewatch.StockFetcher.AlphaVantage;
using Tidewatch.StockFetcher.Sources;

namespace Tidewatch.StockFetcher;

/// <summary>Registers the stock fetcher: quotes to observations.stocks.v1.</summary>
public static class StockFetcherRegistration
{
    private const int LargestAnswerBytes = 16 << 20;

    public static IServiceCollection AddStockFetcher(this IServiceCollection services, IConfiguration configuration)
    {
        // The handlers that log requests would log the address, and with it the key.
        services.AddHttpClient<QuoteClient>((p, http) =>
        {
            http.Timeout = p.GetRequiredService<IOptions<StockFetcherOptions>>().Value.Timeout;
            http.MaxResponseContentBufferSize = LargestAnswerBytes;
        }).RemoveAllLoggers();
        return services
            .AddStrictOptions<KafkaOptions>(configuration, "Kafka")
            .AddTidewatchKafka()
            .AddStrictOptions<StockFetcherOptions>(configuration, "StockFetcher").AddSource<AlphaVantageSource>("stock-fetcher");
    }
}
