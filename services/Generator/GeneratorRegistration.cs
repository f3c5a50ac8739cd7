using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tidewatch.Generator;

/// <summary>Registers the generator: labelled synthetic observations, and replay of files.</summary>
public static class GeneratorRegistration
{
    public static IServiceCollection AddGenerator(this IServiceCollection services, IConfiguration configuration) =>
        throw new NotSupportedException("the next commits bring it");
}
