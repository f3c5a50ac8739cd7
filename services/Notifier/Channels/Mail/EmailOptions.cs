using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Tidewatch.Notifier.Channels.Mail;

/// <summary>Section <c>Notifier:Email</c>: alerts by SMTP, or as <c>.eml</c> files when no server is set.</summary>
public sealed record EmailOptions : ChannelOptions, IValidatableObject
{
    public EmailOptions() => Interval = TimeSpan.FromMinutes(1);

    /// <summary>Host name of the SMTP server; empty (default) writes <c>mail/*.eml</c> into the output folder instead.</summary>
    public string? Server { get; init; }

    /// <summary>Port of the server, 1 to 65535; default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>How the connection is encrypted; default <see cref="MailSecurity.StartTls"/>.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>File with the certificates (PEM) of an authority to trust instead of the system's; empty (default) for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>User name; empty (default) for no authentication.</summary>
    public string? User { get; init; }

    /// <summary>Password. Never logged.</summary>
    public string? Password { get; init; }

    /// <summary>Sender; default <c>tidewatch@localhost</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string From { get; init; } = "Tidewatch <tidewatch@localhost>";

    /// <summary>Recipients, separated by commas; default <c>operator@localhost</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string To { get; init; } = "operator@localhost";

    /// <summary>Longest wait for the server's answer, 1 s to 2 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailboxAddress.TryParse(From, out _))
        {
            yield return new ValidationResult($"'{From}' is not a mail address", [nameof(From)]);
        }

        if (!InternetAddressList.TryParse(To, out _))
        {
            yield return new ValidationResult($"'{To}' is not a list of mail addresses", [nameof(To)]);
        }

        if (!string.IsNullOrEmpty(User) && Security == MailSecurity.None)
        {
            yield return new ValidationResult("a password would travel in the clear: use StartTls or Tls with a User", [nameof(Security)]);
        }
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Server}:{Port} {Security}";
}

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>Begins in the clear and must be upgraded (port 587).</summary>
    StartTls,

    /// <summary>Upgraded when the server offers it.</summary>
    StartTlsWhenAvailable,

    /// <summary>Encrypted from the first byte (port 465).</summary>
    Tls,

    /// <summary>Never encrypted: for a relay on the same machine.</summary>
    None,
}
