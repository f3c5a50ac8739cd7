using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Generator;
using Tidewatch.HostAgent;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Sources;
using Tidewatch.ServiceDefaults;
using Tidewatch.StockFetcher;
using Xunit;

namespace Tidewatch.Producers.Tests.Sources;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Services_AllInOneProcessAndRegisteredTwice_PublishOnceWithAHealthCheckEach()
    {
        var publisher = new FakePublisher();
        var builder = Builder(new() { ["HostAgent:Interval"] = "00:00:00.1", ["HostAgent:Name"] = "here", ["Generator:Synthetic:Domains"] = "payments,iot" });
        for (var i = 0; i < 2; i++)
        {
            builder.Services.AddHostAgent(builder.Configuration).AddGenerator(builder.Configuration).AddStockFetcher(builder.Configuration);
        }

        RemoveKafka(builder.Services);
        builder.Services.AddSingleton<IObservationPublisher>(publisher);
        await using var app = builder.Build();
        await app.StartAsync();
        await Eventually.IsTrueAsync(() => publisher.Published.Select(p => p.Domain).Distinct().Count() == 3, "hosts, payments and iot");
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Name != "kafka");
        report.Entries.Keys.ShouldBe(["host-agent", "generator", "stock-fetcher"], ignoreOrder: true);
        report.Status.ShouldBe(HealthStatus.Healthy);
        await app.StopAsync();
        publisher.Published.Select(p => (p.Observation.Series, p.Observation.Time)).ShouldBeUnique();
    }

    [Theory]
    [InlineData("HostAgent:Intervall", "00:00:01", "HostAgent:Intervall is not a setting")]
    [InlineData("HostAgent:Interval", "00:00:00", "HostAgent:Interval")]
    [InlineData("HostAgent:Name", "a b", "the name may hold letters")]
    [InlineData("StockFetcher:Symbols", "IBM;MSFT", "'IBM;MSFT' is no symbol")]
    [InlineData("StockFetcher:Symbols", ",", "names no symbol")]
    [InlineData("StockFetcher:BarInterval", "2min", "the API knows 1min, 5min")]
    [InlineData("StockFetcher:RequestsPerDay", "0", "StockFetcher:RequestsPerDay")]
    [InlineData("Generator:Synthetic:Rate", "-1", "Generator:Synthetic:Rate")]
    [InlineData("Generator:Synthetic:Level", "Easy", "one of Realistic, Hard")]
    public async Task Start_ImpossibleSetting_FailsAndNamesIt(string key, string value, string named)
    {
        var builder = Builder(new() { [key] = value });
        builder.Services.AddHostAgent(builder.Configuration).AddGenerator(builder.Configuration).AddStockFetcher(builder.Configuration);
        RemoveKafka(builder.Services);
        builder.Services.AddSingleton<IObservationPublisher>(new FakePublisher());
        await using var app = builder.Build();
        Should.Throw<ConfigurationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate()).Errors.ShouldHaveSingleItem().ShouldContain(named);
    }

    private static WebApplicationBuilder Builder(Dictionary<string, string?> settings)
    {
        var builder = TidewatchHost.CreateBuilder(["--urls=http://127.0.0.1:0", "--SharedEnvironment=true"]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }

    /// <summary>Leaves the sources as the only hosted services, so that no broker starts.</summary>
    private static void RemoveKafka(IServiceCollection services)
    {
        services.RemoveAll<IObservationPublisher>();
        foreach (var hosted in services.Where(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Assembly == typeof(KafkaOptions).Assembly).ToList())
        {
            services.Remove(hosted);
        }
    }
}
