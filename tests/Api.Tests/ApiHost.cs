using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tidewatch.Api.Views;
using Tidewatch.Contracts;
using Tidewatch.Storage;

namespace Tidewatch.Api.Tests;

/// <summary>The API on a real Kestrel at a free port; the test plays the topics and the store.</summary>
internal sealed class ApiHost : IAsyncDisposable, IAnomalyReader
{
    private readonly WebApplication _app;

    private ApiHost(ApiOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton<IAnomalyReader>(this);
        builder.Services.AddSingleton<ScoreHandler>().AddSingleton<AlertHandler>();
        builder.Services.AddApiViews();
        _app = builder.Build();
        _app.MapApi();
    }

    public HttpClient Client { get; } = new();

    /// <summary>What the store holds; null while it is away.</summary>
    public List<Alert>? Stored { get; set; } = [];

    public static async Task<ApiHost> StartAsync(ApiOptions? options = null)
    {
        var host = new ApiHost(options ?? new ApiOptions());
        await host._app.StartAsync(Xunit.TestContext.Current.CancellationToken);
        host.Client.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    public Task SendAsync(params IEnumerable<ScorePoint> points) =>
        _app.Services.GetRequiredService<ScoreHandler>().HandleAsync([.. points.Select(Samples.Record)], CancellationToken.None);

    public Task SendAsync(params IEnumerable<Alert> alerts) =>
        _app.Services.GetRequiredService<AlertHandler>().HandleAsync([.. alerts.Select(Samples.Record)], CancellationToken.None);

    public Task SendRawAsync(byte[]? value) => Task.WhenAll(
        _app.Services.GetRequiredService<ScoreHandler>().HandleAsync([Samples.Record(value)], CancellationToken.None),
        _app.Services.GetRequiredService<AlertHandler>().HandleAsync([Samples.Record(value)], CancellationToken.None));

    public Task StopAsync() => _app.StopAsync();

    public Task<IReadOnlyList<Alert>> ReadAsync(AnomalyQuery query, CancellationToken cancellationToken) => Stored is null
        ? throw new IOException("the store is away")
        : Task.FromResult<IReadOnlyList<Alert>>([.. Stored.Where(a => query.Series is null || string.Equals(a.Series, query.Series, StringComparison.Ordinal)).Take(query.Limit)]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
