using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Tidewatch.ServiceDefaults.Tests;

public sealed class HealthProbeTests
{
    [Fact]
    public async Task Ask_AnsweredWith200_IsZero()
    {
        using var errors = new StringWriter();

        (await AskAsync("HTTP/1.1 200 OK", "{}", errors)).ShouldBe(0);

        errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_AnsweredWith503_IsOneAndNamesThePart()
    {
        using var errors = new StringWriter();

        (await AskAsync("HTTP/1.1 503 Service Unavailable", """{"down":["kafka"]}""", errors)).ShouldBe(1);

        errors.ToString().ShouldContain("503");
        errors.ToString().ShouldContain("kafka");
    }

    [Fact]
    public void Ask_NobodyThere_IsOne()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var errors = new StringWriter();

        HealthProbe.Ask($"http://127.0.0.1:{port}/health", errors).ShouldBe(1);

        errors.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public void Ask_NoAddress_IsOne()
    {
        using var errors = new StringWriter();

        HealthProbe.Ask("health", errors).ShouldBe(1);

        errors.ToString().ShouldContain("not an address");
    }

    private static async Task<int> AskAsync(string status, string body, StringWriter errors)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = Task.Run(() => HealthProbe.Ask($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/health", errors));
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        (await stream.ReadAtLeastAsync(new byte[4096], 1)).ShouldBeGreaterThan(0);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        return await asked;
    }
}
