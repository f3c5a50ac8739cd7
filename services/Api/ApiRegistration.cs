using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using Tidewatch.Api.Endpoints;
using Tidewatch.Api.Streaming;
using Tidewatch.Api.Views;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Audit;
using Tidewatch.ServiceDefaults;
using Tidewatch.Storage;
using Tidewatch.Storage.Influx;

namespace Tidewatch.Api;

/// <summary>Registers the API and the dashboard.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<KafkaOptions>(configuration, "Kafka");
        services.AddStrictOptions<OutputOptions>(configuration, "Output");
        services.AddStrictOptions<InfluxOptions>(configuration, "Influx");
        services.AddStrictOptions<ApiOptions>(configuration, "Api");
        var live = configuration.GetSection("Api").Get<ApiOptions>()?.LiveOnly ?? false;
        // A group of its own for each instance: every replica sees every partition.
        var instance = $"{Environment.MachineName}.{Environment.ProcessId}";
        services.AddTidewatchKafka();
        services.AddTidewatchConsumer<ScoreHandler>(names => new ConsumerOptions("api-scores", $"api-scores.{instance}", [names.Scores], FromEnd: live, Commits: false));
        services.AddTidewatchConsumer<AlertHandler>(names => new ConsumerOptions("api-alerts", $"api-alerts.{instance}", [names.Alerts], Commits: false));
        services.AddTidewatchAudit(p => new AuditOptions(p.GetRequiredService<IOptions<ApiOptions>>().Value.AuditLookback));
        services.AddAnomalyStore();
        return services.AddApiViews();
    }

    /// <summary>What stands behind the endpoints, without the consumers that feed it.</summary>
    public static IServiceCollection AddApiViews(this IServiceCollection services)
    {
        services.AddSingleton<SeriesView>();
        services.AddSingleton<AlertView>();
        services.AddSingleton<AlertHistory>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<StreamEndpoint>();
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
            foreach (var converter in ApiJson.Default.Options.Converters)
            {
                o.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddProblemDetails(o => o.CustomizeProblemDetails = static context =>
            context.ProblemDetails.Detail ??= (context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error as BadHttpRequestException)?.Message);
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddOpenApi(o => o.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Tidewatch API";
            document.Info.Description = "Series, points and alerts of a running Tidewatch suite. Errors are application/problem+json (RFC 9457).";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Maps the page, <c>/api/v1</c> and <c>/openapi/v1.json</c>.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UsePage();
        var api = app.MapGroup("/api/v1");
        api.MapSeries();
        api.MapAlerts();
        StreamEndpoint.Map(api);
        app.MapOpenApi();
        return app;
    }
}
