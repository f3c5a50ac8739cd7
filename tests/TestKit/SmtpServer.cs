using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Tidewatch.TestKit;

/// <summary>A real SMTP server on loopback, Debian's python3-aiosmtpd: STARTTLS with a certificate made here, authentication, mail kept to be read back.</summary>
/// <remarks>Recipients that begin with <c>never</c> are refused with 550, with <c>later</c> with 451.</remarks>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "tidewatch";
    public const string Password = "correct horse battery";
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import asyncio, json, os, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult
        port, folder, tls = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "tls"

        class Handler:
            count = len([name for name in os.listdir(folder) if name.endswith(".json")])
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("never"): return "550 no such user"
                if address.startswith("later"): return "451 try again"
                envelope.rcpt_tos.append(address)
                return "250 OK"
            async def handle_DATA(self, server, session, envelope):
                self.count += 1
                mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None, "user": session.auth_data and session.auth_data.login.decode(), "data": envelope.content.decode("utf-8", "replace")}
                path = os.path.join(folder, "%06d" % self.count)
                with open(path + ".tmp", "w", encoding="utf-8") as file: json.dump(mail, file)
                os.rename(path + ".tmp", path + ".json")
                return "250 kept"

        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login.decode() == os.environ["SMTP_USER"] and data.password.decode() == os.environ["SMTP_PASSWORD"], handled=False, auth_data=data)

        async def main():
            context = None
            if tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem"))
            handler = Handler()
            options = dict(tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate) if tls else {}
            server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, enable_SMTPUTF8=True, hostname="localhost", **options), "127.0.0.1", port)
            print("ready", flush=True)
            await server.serve_forever()
        asyncio.run(main())
        """;

    private readonly string _folder;
    private readonly bool _tls;
    private Process? _process;

    private SmtpServer(bool tls)
    {
        _tls = tls;
        _folder = Directory.CreateTempSubdirectory("tidewatch-smtp-").FullName;
        Port = FreePort.Next();
        MakeCertificate();
    }

    public int Port { get; }

    /// <summary>The server's certificate, to be trusted by the client.</summary>
    public string CaFile => Path.Combine(_folder, "cert.pem");

    /// <summary>Null when Debian's python3-aiosmtpd is not installed. With <paramref name="tls"/> the server demands STARTTLS and a login.</summary>
    public static async Task<SmtpServer?> StartAsync(bool tls)
    {
        if (!File.Exists(Python) || !await RunsAsync())
        {
            return null;
        }

        var server = new SmtpServer(tls);
        await server.BeginAsync();
        Console.WriteLine($"SMTP: python3-aiosmtpd on port {server.Port}");
        return server;
    }

    /// <summary>Starts the server again on its port; what was received stays.</summary>
    public async Task BeginAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Python, ["-c", Script, Port.ToString(System.Globalization.CultureInfo.InvariantCulture), _folder, _tls ? "tls" : "plain"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["SMTP_USER"] = User, ["SMTP_PASSWORD"] = Password },
        })!;
        if (await _process.StandardOutput.ReadLineAsync() is not "ready")
        {
            throw new InvalidOperationException("the SMTP server did not start");
        }
    }

    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What was received, in order.</summary>
    public IReadOnlyList<ReceivedMail> Received() =>
        [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(f => JsonSerializer.Deserialize<ReceivedMail>(File.ReadAllText(f), JsonSerializerOptions.Web)!)];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> RunsAsync()
    {
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true, UseShellExecute = false })!;
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>A mail as the server got it.</summary>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, bool Tls, string? User, string Data);
