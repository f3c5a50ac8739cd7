using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tidewatch.Detector;

/// <summary>Registers the detector: observations to alerts.</summary>
public static class DetectorRegistration
{
    public static IServiceCollection AddDetector(this IServiceCollection services, IConfiguration configuration) =>
        throw new NotSupportedException("the next commits bring it");
}
