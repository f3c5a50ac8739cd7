using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Tidewatch.Api;

/// <summary>The page at <c>/</c>: files embedded in this assembly, nothing from elsewhere.</summary>
public static class PageFiles
{
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UsePage(this WebApplication app)
    {
        var files = new EmbeddedFileProvider(typeof(PageFiles).Assembly, "Tidewatch.Api.wwwroot");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static context =>
            {
                var headers = context.Context.Response.Headers;
                headers[HeaderNames.CacheControl] = "no-cache"; // asked for anew each time, answered 304 while it is the same
                headers[HeaderNames.ContentSecurityPolicy] = Policy;
                headers[HeaderNames.XContentTypeOptions] = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
            },
        });
    }
}
