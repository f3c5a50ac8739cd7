using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tidewatch.Notifier;

/// <summary>Registers the notifier: alerts to channels.</summary>
public static class NotifierRegistration
{
    public static IServiceCollection AddNotifier(this IServiceCollection services, IConfiguration configuration) =>
        throw new NotSupportedException("the next commits bring it");
}
