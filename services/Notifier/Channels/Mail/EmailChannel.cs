using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Tidewatch.Storage;

namespace Tidewatch.Notifier.Channels.Mail;

/// <summary>A mail per group, by SMTP; without a server a <c>.eml</c> file in <c>mail/</c> of the output folder.</summary>
public sealed class EmailChannel(IOptions<EmailOptions> options, IOptions<OutputOptions> output, TimeProvider time) : IChannel
{
    private readonly EmailOptions _options = options.Value;

    public Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken)
    {
        var mail = AlertMail.Write(group, _options, time.GetUtcNow());
        return string.IsNullOrEmpty(_options.Server) ? SaveAsync(mail, group.Key, cancellationToken) : PostAsync(mail, cancellationToken);
    }

    private async Task<Delivery> SaveAsync(MimeMessage mail, string name, CancellationToken cancellationToken)
    {
        try
        {
            var folder = Directory.CreateDirectory(output.Value.PathOf("mail")).FullName;
            var unfinished = Path.Combine(folder, $".{name}.tmp");
            await mail.WriteToAsync(unfinished, cancellationToken);
            File.Move(unfinished, Path.Combine(folder, $"{name}.eml"), overwrite: true);
            return Delivery.Sent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Delivery.Retryable(e.Message);
        }
    }

    private async Task<Delivery> PostAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var smtp = new SmtpClient { Timeout = (int)_options.Timeout.TotalMilliseconds };
        try
        {
            Trust(smtp);
            await smtp.ConnectAsync(_options.Server!, _options.Port, Security(), cancellationToken);
            if (!string.IsNullOrEmpty(_options.User))
            {
                await smtp.AuthenticateAsync(_options.User, _options.Password ?? "", cancellationToken);
            }

            await smtp.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException e)
        {
            return IsFinal(e) ? Delivery.Rejected(Say(e)) : Delivery.Retryable(Say(e));
        }
        catch (Exception e) when (IsOutage(e, cancellationToken))
        {
            return Delivery.Retryable(Say(e));
        }

        await QuitAsync(smtp, cancellationToken);
        return Delivery.Sent;
    }

    // The server has the mail: what happens to the connection now changes nothing.
    private static async Task QuitAsync(SmtpClient smtp, CancellationToken cancellationToken)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (IsOutage(e, cancellationToken) || e is SmtpCommandException)
        {
        }
    }

    // A 5xx about this mail. One about our login or our sender is mended in the configuration.
    private static bool IsFinal(SmtpCommandException e) =>
        e.ErrorCode is SmtpErrorCode.MessageNotAccepted or SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode is >= 500 and not (530 or 534 or 535 or 538);

    // Wrong passwords, certificates and missing STARTTLS are mended on our side: the alert waits until someone has done so.
    private static bool IsOutage(Exception e, CancellationToken cancellationToken) =>
        e is IOException or SocketException or TimeoutException or ServiceNotConnectedException or ServiceNotAuthenticatedException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private string Say(Exception e) => $"{_options.Server}:{_options.Port}: {e.Message.ReplaceLineEndings(" ")}";

    private SecureSocketOptions Security() => _options.Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.StartTlsWhenAvailable => SecureSocketOptions.StartTlsWhenAvailable,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private void Trust(SmtpClient smtp)
    {
        if (string.IsNullOrEmpty(_options.CaFile))
        {
            return;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(_options.CaFile);
        smtp.CheckCertificateRevocation = false;
        smtp.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            return certificate is X509Certificate2 server && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build(server);
        };
    }
}
