using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Channels.Webhooks;
using Xunit;

namespace Tidewatch.Notifier.Tests.Channels.Webhooks;

/// <summary>Against a receiver on a real Kestrel.</summary>
public sealed class WebhookChannelTests : IAsyncLifetime
{
    private readonly List<(string Authorization, string Key, string Body)> _received = [];
    private WebApplication _app = null!;
    private int _status = 200;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/hook/secret", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _received.Add((context.Request.Headers.Authorization.ToString(), context.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
            context.Response.StatusCode = _status;
            context.Response.Headers.Location = "/elsewhere";
        });
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task SendAsync_Json_PostsTheAlertsAsOnTheTopic()
    {
        (await SendAsync(Options() with { Token = "t0ken" }, new AlertGroup(SampleAlerts.Many(2), More: 3))).ShouldBe(Delivery.Sent);

        var (authorization, key, body) = _received.ShouldHaveSingleItem();
        authorization.ShouldBe("Bearer t0ken");
        key.ShouldMatch("^[0-9a-f]{32}$");
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("more").GetInt32().ShouldBe(3);
        json.RootElement.GetProperty("alerts").EnumerateArray().Select(a => JsonSerializer.SerializeToUtf8Bytes(a)).Select(b =>
        {
            AlertCodec.TryDecode(b, out var alert, out _);
            return alert!.Id;
        }).ShouldBe(SampleAlerts.Many(2).Select(a => a.Id));
    }

    [Fact]
    public async Task SendAsync_SameFirstAlertOfALongerGroup_HasAnotherKey()
    {
        foreach (var count in new[] { 2, 2, 3 })
        {
            await SendAsync(Options(), new AlertGroup(SampleAlerts.Many(count)));
        }

        _received[1].Key.ShouldBe(_received[0].Key);
        _received[2].Key.ShouldNotBe(_received[0].Key, "a receiver that drops repeats would lose the third alert");
    }

    [Fact]
    public async Task SendAsync_Slack_PostsEscapedText()
    {
        await SendAsync(Options() with { Format = WebhookFormat.Slack }, new AlertGroup([SampleAlerts.Of(0, "<!channel> & co")], More: 2));

        using var json = JsonDocument.Parse(_received.Single().Body);
        json.RootElement.GetProperty("text").GetString().ShouldBe(
            "*Moderate* &lt;!channel&gt; &amp; co = 93.5 at 2026-03-01 12:00:00 UTC: 93.5 is 7.3 standard deviations above 20\nand 2 more");
    }

    [Theory]
    [InlineData(204, DeliveryOutcome.Sent)]
    [InlineData(400, DeliveryOutcome.Rejected)]
    [InlineData(413, DeliveryOutcome.Rejected)]
    [InlineData(302, DeliveryOutcome.Retryable)]
    [InlineData(401, DeliveryOutcome.Retryable)]
    [InlineData(404, DeliveryOutcome.Retryable)]
    [InlineData(429, DeliveryOutcome.Retryable)]
    [InlineData(503, DeliveryOutcome.Retryable)]
    public async Task SendAsync_Status_DecidesTheOutcome(int status, DeliveryOutcome outcome)
    {
        _status = status;

        var delivery = await SendAsync(Options(), new AlertGroup(SampleAlerts.Many(1)));

        delivery.Outcome.ShouldBe(outcome);
        (delivery.Reason ?? "").ShouldNotContain("secret");
        _received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsRetryableWithoutTheAddress()
    {
        var options = Options();
        await _app.StopAsync();

        var delivery = await SendAsync(options, new AlertGroup(SampleAlerts.Many(1)));

        delivery.Outcome.ShouldBe(DeliveryOutcome.Retryable);
        delivery.Reason!.ShouldNotContain("secret");
    }

    private WebhookOptions Options() => new() { Enabled = true, Url = $"{_app.Urls.First()}/hook/secret" };

    private static async Task<Delivery> SendAsync(WebhookOptions options, AlertGroup group)
    {
        using var channel = new WebhookChannel(Microsoft.Extensions.Options.Options.Create(options));
        return await channel.SendAsync(group, default);
    }
}
