using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Tidewatch.ServiceDefaults;

/// <summary>Options that refuse unknown keys and impossible values at start, all errors together.</summary>
public static class StrictOptionsRegistration
{
    /// <summary>Binds <typeparamref name="T"/> to <paramref name="section"/>; checked before any hosted service starts.</summary>
    public static IServiceCollection AddStrictOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class, new()
    {
        var source = configuration.GetSection(section);
        services.AddSingleton<IOptions<T>>(_ => Options.Create(source.Get<T>() ?? new T()));
        services.AddSingleton(new StrictSection(section, source, typeof(T)));
        services.Replace(ServiceDescriptor.Singleton<IStartupValidator, StrictOptionsValidator>());
        return services;
    }
}
