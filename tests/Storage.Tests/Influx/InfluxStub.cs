using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tidewatch.Storage.Tests.Influx;

/// <summary>A server that answers writes as the test says, and keeps what was written with a 204.</summary>
internal sealed class InfluxStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InfluxStub(WebApplication app) => _app = app;

    public List<string[]> Requests { get; } = [];

    public List<string> Written { get; } = [];

    public List<string> Authorizations { get; } = [];

    /// <summary>From the lines and the number of the request, 1 for the first: the answer.</summary>
    public Func<string[], int, (int Status, string Body)> Answer { get; set; } = (_, _) => (204, "");

    public string? RetryAfter { get; set; }

    public string Url => _app.Urls.First();

    public static async Task<InfluxStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new InfluxStub(app);
        app.MapPost("/api/v2/write", stub.HandleAsync);
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(new GZipStream(context.Request.Body, CompressionMode.Decompress));
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Requests.Add(lines);
        Authorizations.Add(context.Request.Headers.Authorization.ToString());
        var (status, body) = Answer(lines, Requests.Count);
        if (status == 204)
        {
            Written.AddRange(lines);
        }

        if (RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = after;
        }

        context.Response.StatusCode = status;
        if (status != 204)
        {
            await context.Response.WriteAsync(body);
        }
    }
}
