using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Storage.Influx;
using Tidewatch.Storage.Sqlite;
using Xunit;

namespace Tidewatch.Storage.Tests;

public sealed class AnomalyStoreRegistrationTests
{
    [Theory]
    [InlineData(null, typeof(SqliteAnomalyStore), "sqlite")]
    [InlineData("", typeof(SqliteAnomalyStore), "sqlite")]
    [InlineData("http://localhost:8086", typeof(InfluxAnomalyStore), "influx")]
    public void AddAnomalyStore_Twice_ChoosesByUrlAndChecksOnce(string? url, Type store, string check)
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Options.Create(new InfluxOptions { Url = url }))
            .AddSingleton(Options.Create(new OutputOptions()))
            .AddAnomalyStore()
            .AddAnomalyStore()
            .BuildServiceProvider();

        services.GetRequiredService<IAnomalyStore>().ShouldBeOfType(store);
        services.GetRequiredService<IAnomalyReader>().ShouldBeSameAs(services.GetRequiredService<IAnomalyStore>());
        services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.ShouldHaveSingleItem().Name.ShouldBe(check);
    }
}
