using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using MimeKit;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Channels.Mail;
using Tidewatch.Notifier.Stages;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Notifier.Tests.Channels.Mail;

/// <summary>Against a real SMTP server that demands STARTTLS and a login.</summary>
public sealed class EmailChannelTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private SmtpServer? _server;

    public async ValueTask InitializeAsync() => _server = await SmtpServer.StartAsync(tls: true);

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task SendAsync_StartTlsAndLogin_ArrivesEncryptedWithBothBodies()
    {
        var group = new AlertGroup([SampleAlerts.Of(0, "payments/<b>&shop")]);
        (await Channel(Options()).SendAsync(group, default)).ShouldBe(Delivery.Sent);

        var mail = Server.Received().ShouldHaveSingleItem();
        mail.Tls.ShouldBeTrue();
        mail.User.ShouldBe(SmtpServer.User);
        mail.To.ShouldBe(["ops@example.org", "night@example.org"]);
        var message = await ParseAsync(mail);
        message.Subject.ShouldBe("[moderate] payments/<b>&shop = 93.5");
        message.MessageId.ShouldBe($"{group.Key}@example.org");
        message.TextBody!.ShouldContain("payments/<b>&shop");
        message.TextBody!.ShouldContain("Z-score:   7.25");
        message.HtmlBody!.ShouldContain("payments/&lt;b&gt;&amp;shop");
        message.HtmlBody!.ShouldNotContain("<b>");
    }

    [Fact]
    public async Task SendAsync_Group_NamesTheWorstAndCountsTheRest()
    {
        await Channel(Options()).SendAsync(new AlertGroup([SampleAlerts.Of(0), SampleAlerts.Of(1, "disk", Severity.Extreme)], More: 40), default);

        var message = await ParseAsync(Server.Received().Single());
        message.Subject.ShouldBe("[extreme] disk = 93.5 and 41 more");
        message.TextBody!.ShouldContain("40 further alerts");
    }

    [Fact]
    public async Task SendAsync_SeriesWithLineBreak_AddsNoHeader()
    {
        await Channel(Options()).SendAsync(new AlertGroup([SampleAlerts.Of(0, "x\r\nBcc: everyone@example.org\r\n\r\nhello")]), default);

        var message = await ParseAsync(Server.Received().Single());
        message.Bcc.ShouldBeEmpty();
        Server.Received().Single().To.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_CertificateNotTrusted_IsRetryable() =>
        await ShouldBeRetryableAsync(Options() with { CaFile = null });

    [Fact]
    public async Task SendAsync_WrongPassword_IsRetryableAndDoesNotSayIt() =>
        (await ShouldBeRetryableAsync(Options() with { Password = "not the password" })).ShouldNotContain("not the password");

    [Fact]
    public async Task SendAsync_NoLoginWhereOneIsNeeded_IsRetryable() =>
        await ShouldBeRetryableAsync(Options() with { User = null });

    [Fact]
    public async Task SendAsync_ServerWithoutStartTls_IsRetryable()
    {
        var plain = await SmtpServer.StartAsync(tls: false);
        Assert.SkipWhen(plain is null, "python3-aiosmtpd is not installed");
        await using (plain)
        {
            await ShouldBeRetryableAsync(Options() with { Port = plain.Port });
            plain.Received().ShouldBeEmpty();

            (await Channel(Options() with { Port = plain.Port, Security = MailSecurity.None, User = null }).SendAsync(new AlertGroup([SampleAlerts.Of(0)]), default)).ShouldBe(Delivery.Sent);
            plain.Received().ShouldHaveSingleItem().Tls.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("never@example.org", DeliveryOutcome.Rejected)]
    [InlineData("later@example.org", DeliveryOutcome.Retryable)]
    public async Task SendAsync_RecipientRefused_TellsForeverFromForNow(string to, DeliveryOutcome outcome) =>
        (await Channel(Options() with { To = to }).SendAsync(new AlertGroup([SampleAlerts.Of(0)]), default)).Outcome.ShouldBe(outcome);

    [Fact]
    public async Task HandleAsync_ServerAwayThenBack_NoMailLostNoneTwice()
    {
        var health = new ChannelHealth<EmailChannel>();
        var options = Options() with { Interval = TimeSpan.Zero };
        await using var handler = Lines.To(_folder, Channel(options), options, health: health);
        await handler.HandleAsync([SampleAlerts.Of(0)]);
        await Server.StopAsync();

        await Should.ThrowAsync<ChannelAwayException>(() => handler.HandleAsync([SampleAlerts.Of(0), SampleAlerts.Of(1)]));
        (await health.CheckHealthAsync(new HealthCheckContext())).Description!.ShouldContain("localhost");

        await Server.BeginAsync();
        await handler.HandleAsync([SampleAlerts.Of(0), SampleAlerts.Of(1)]);
        (await health.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Healthy);
        var ids = await Task.WhenAll(Server.Received().Select(async m => (await ParseAsync(m)).MessageId));
        ids.ShouldBe([.. new[] { 0, 1 }.Select(n => $"{new AlertGroup([SampleAlerts.Of(n)]).Key}@example.org")]);
    }

    [Fact]
    public async Task SendAsync_NoServer_WritesAnEmlFile()
    {
        (await Channel(new EmailOptions()).SendAsync(new AlertGroup([SampleAlerts.Of(0)]), default)).ShouldBe(Delivery.Sent);

        var file = Directory.GetFiles(_folder["mail"]).ShouldHaveSingleItem();
        file.ShouldEndWith($"{new AlertGroup([SampleAlerts.Of(0)]).Key}.eml");
        (await MimeMessage.LoadAsync(file)).Subject.ShouldBe("[moderate] hosts/web-1/cpu = 93.5");
    }

    /// <summary>After a crash the same first alert may lead a longer group: that is another mail, a repeat is the same.</summary>
    [Fact]
    public async Task SendAsync_NoServerSameFirstAlert_OverwritesARepeatAlone()
    {
        foreach (var alerts in new Alert[][] { [SampleAlerts.Of(0)], [SampleAlerts.Of(0), SampleAlerts.Of(1)], [SampleAlerts.Of(0)] })
        {
            (await Channel(new EmailOptions()).SendAsync(new AlertGroup(alerts), default)).ShouldBe(Delivery.Sent);
        }

        Directory.GetFiles(_folder["mail"]).Length.ShouldBe(2);
    }

    [Fact]
    public void ToString_Options_HasNoPassword() => Options(port: 1).ToString().ShouldNotContain(SmtpServer.Password);

    private SmtpServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, "python3-aiosmtpd is not installed");
            return _server;
        }
    }

    private async Task<string> ShouldBeRetryableAsync(EmailOptions options)
    {
        var delivery = await Channel(options).SendAsync(new AlertGroup([SampleAlerts.Of(0)]), default);
        delivery.Outcome.ShouldBe(DeliveryOutcome.Retryable);
        Server.Received().ShouldBeEmpty();
        return delivery.Reason!;
    }

    private static async Task<MimeMessage> ParseAsync(ReceivedMail mail)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Data));
        return await MimeMessage.LoadAsync(bytes);
    }

    private EmailOptions Options() => Options(Server.Port) with { CaFile = Server.CaFile };

    private static EmailOptions Options(int port) => new()
    {
        Server = "localhost",
        Port = port,
        User = SmtpServer.User,
        Password = SmtpServer.Password,
        From = "Tidewatch <tidewatch@example.org>",
        To = "ops@example.org, night@example.org",
    };

    private EmailChannel Channel(EmailOptions options) => new(Microsoft.Extensions.Options.Options.Create(options), _folder.Options, TimeProvider.System);
}
