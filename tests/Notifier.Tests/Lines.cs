using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Stages;

namespace Tidewatch.Notifier.Tests;

/// <summary>The whole way to a channel, as the service runs it.</summary>
internal static class Lines
{
    public static ChannelHandler<TChannel, TOptions> To<TChannel, TOptions>(
        Folder folder, TChannel channel, TOptions options, TimeProvider? time = null, ChannelHealth<TChannel>? health = null)
        where TChannel : class, IChannel
        where TOptions : ChannelOptions =>
        new(channel, Options.Create(options), folder.Options, health ?? new(), time ?? TimeProvider.System, NullLogger<TChannel>.Instance);

    public static ChannelHandler<CsvChannel, CsvOptions> ToCsv(Folder folder) => To(folder, new CsvChannel(folder.Options), new CsvOptions());

    public static Task HandleAsync<TChannel, TOptions>(this ChannelHandler<TChannel, TOptions> handler, IEnumerable<Alert> alerts)
        where TChannel : class, IChannel
        where TOptions : ChannelOptions =>
        handler.HandleAsync([.. alerts.Select((a, i) => SampleAlerts.Record(a, i))], default);
}
