using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidewatch.Kafka;
using Tidewatch.Notifier.Channels;
using Tidewatch.Notifier.Channels.Mail;
using Tidewatch.Notifier.Channels.Webhooks;
using Tidewatch.Notifier.Stages;
using Tidewatch.ServiceDefaults;
using Tidewatch.Storage;

namespace Tidewatch.Notifier;

/// <summary>Registers the notifier: alerts to channels.</summary>
public static class NotifierRegistration
{
    public static IServiceCollection AddNotifier(this IServiceCollection services, IConfiguration configuration) => services
        .AddStrictOptions<KafkaOptions>(configuration, "Kafka")
        .AddStrictOptions<OutputOptions>(configuration, "Output")
        .AddTidewatchKafka()
        .AddChannel<CsvChannel, CsvOptions>(configuration)
        .AddChannel<EmailChannel, EmailOptions>(configuration)
        .AddChannel<ConsoleChannel, ConsoleOptions>(configuration)
        .AddChannel<WebhookChannel, WebhookOptions>(configuration);

    /// <summary>A channel with its options in section <c>Notifier:X</c>, its consumer <c>notifier-x</c> and its health check <c>x</c>, when enabled.</summary>
    public static IServiceCollection AddChannel<TChannel, TOptions>(this IServiceCollection services, IConfiguration configuration)
        where TChannel : class, IChannel
        where TOptions : ChannelOptions, new()
    {
        var section = $"Notifier:{typeof(TChannel).Name[..^"Channel".Length]}";
        services.AddStrictOptions<TOptions>(configuration, section);
        var set = configuration[$"{section}:{nameof(ChannelOptions.Enabled)}"];
        if (!(bool.TryParse(set, out var enabled) ? enabled : new TOptions().Enabled))
        {
            return services;
        }

        var name = NameOf<TChannel>();
        services.TryAddSingleton<TChannel>();
        services.TryAddSingleton<ChannelHealth<TChannel>>();
        services.AddHealthChecks().Add(new(name, s => s.GetRequiredService<ChannelHealth<TChannel>>(), failureStatus: null, tags: null));
        return services.AddTidewatchConsumer<ChannelHandler<TChannel, TOptions>>(names => new ConsumerOptions($"notifier-{name}", $"notifier-{name}", [names.Alerts]));
    }

    /// <summary>The channel's name: <c>email</c> for EmailChannel.</summary>
    internal static string NameOf<TChannel>() => typeof(TChannel).Name[..^"Channel".Length].ToLowerInvariant();
}
