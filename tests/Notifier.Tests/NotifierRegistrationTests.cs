using System.Net;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Topics;
using Tidewatch.ServiceDefaults;
using Xunit;

namespace Tidewatch.Notifier.Tests;

/// <summary>The service as its Program builds it, on the embedded broker.</summary>
public sealed class NotifierRegistrationTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddNotifier_AlertsOnTheTopic_ReachFileAndMailAndHealthIsUp()
    {
        await using var app = Build();
        await app.StartAsync();
        await ProduceAsync(app.Services);

        await Until.TrueAsync(() => File.Exists(_folder["alerts.csv"]) && File.ReadAllLines(_folder["alerts.csv"]).Length == 4);
        await Until.TrueAsync(() => Directory.Exists(_folder["mail"]) && Directory.GetFiles(_folder["mail"], "*.eml").Length > 0);
        var (status, down) = await HealthAsync(app);
        down.ShouldBeEmpty();
        status.ShouldBe(HttpStatusCode.OK);
        await app.StopAsync();
    }

    [Fact]
    public async Task AddNotifier_MailServerAway_HealthNamesEmailAndTheFileGoesOn()
    {
        await using var app = Build(("Notifier:Email:Server", "localhost"), ("Notifier:Email:Port", "1"));
        await app.StartAsync();
        await ProduceAsync(app.Services);

        await Until.TrueAsync(() => File.Exists(_folder["alerts.csv"]) && File.ReadAllLines(_folder["alerts.csv"]).Length == 4);
        await Until.TrueAsync(async () => (await HealthAsync(app)).Down.Contains("email", StringComparer.Ordinal));
        var (status, down) = await HealthAsync(app);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        down.ShouldNotContain("csv");
        await app.StopAsync();
    }

    [Fact]
    public async Task AddNotifier_BadSettings_AreAllNamed()
    {
        await using var app = Build(("Notifier:Emial:To", "x"), ("Notifier:Csv:Interval", "soon"), ("Notifier:Email:User", "u"), ("Notifier:Email:Security", "None"), ("Notifier:Email:To", "not an@@address"));

        var errors = Should.Throw<ConfigurationException>(app.Services.GetRequiredService<IStartupValidator>().Validate).Errors;

        errors.ShouldContain(e => e.Contains("Notifier:Emial is not a setting; Notifier knows Console, Csv, Email, Webhook"));
        errors.ShouldContain(e => e.Contains("Notifier:Csv:Interval is 'soon'"));
        errors.ShouldContain(e => e.Contains("in the clear"));
        errors.ShouldContain(e => e.Contains("not a list of mail addresses"));
    }

    private static async Task ProduceAsync(IServiceProvider services)
    {
        await services.GetRequiredService<TopicCreator>().EnsureAsync(default);
        using var producer = new ProducerBuilder<string, byte[]>(services.GetRequiredService<KafkaConnection>().Apply(new ProducerConfig())).Build();
        foreach (var alert in SampleAlerts.Many(3))
        {
            await producer.ProduceAsync(services.GetRequiredService<TopicNames>().Alerts, new Message<string, byte[]> { Key = alert.Key, Value = AlertCodec.Encode(alert) });
        }
    }

    private static async Task<(HttpStatusCode Status, string[] Down)> HealthAsync(WebApplication app)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync($"{app.Urls.First()}/health");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, [.. json.RootElement.GetProperty("down").EnumerateArray().Select(e => e.GetString()!)]);
    }

    private WebApplication Build(params (string Key, string Value)[] settings)
    {
        var builder = TidewatchHost.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(settings.Append((Key: "Output:Folder", Value: _folder.Path)).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddNotifier(builder.Configuration);
        var app = builder.Build();
        app.MapTidewatchDefaults();
        return app;
    }
}
