using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Tidewatch.Storage.Influx;

/// <summary>The two calls of InfluxDB's v2 API that this suite needs: write lines, query by Flux.</summary>
/// <remarks>
/// 2xx done; 400 and 422 bad lines are set aside and the good ones kept, without a retry; 401, 403 and 404 stop at once; 413 halves the batch;
/// 429 and 503 wait as long as Retry-After says; other 5xx and network failures back off. Writes are idempotent, so a repeat does no harm.
/// </remarks>
public sealed partial class InfluxClient(IOptions<InfluxOptions> options, TimeProvider time) : IDisposable
{
    private readonly InfluxOptions _options = options.Value;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = options.Value.Timeout };

    /// <summary>Writes lines of millisecond precision; gives the lines that the server will never take, with its reason.</summary>
    public async Task<IReadOnlyList<RejectedLines>> WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var rejected = new List<RejectedLines>();
        foreach (var batch in lines.Chunk(_options.BatchLines))
        {
            await WriteBatchAsync(batch, rejected, cancellationToken);
        }

        return rejected;
    }

    /// <summary>Runs a Flux query; gives annotated CSV.</summary>
    public async Task<string> QueryAsync(string flux, CancellationToken cancellationToken)
    {
        using var response = await SendAsync($"api/v2/query?org={Uri.EscapeDataString(_options.Org)}", () => new StringContent(flux, Encoding.UTF8, "application/vnd.flux"), cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw new InfluxException($"InfluxDB at {_options.Url} answered {(int)response.StatusCode} to a query: {MessageOf(body)}", refused: true);
    }

    /// <summary>Throws when the server does not answer.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(Address("ping"), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task WriteBatchAsync(ArraySegment<string> lines, List<RejectedLines> rejected, CancellationToken cancellationToken)
    {
        var path = $"api/v2/write?org={Uri.EscapeDataString(_options.Org)}&bucket={Uri.EscapeDataString(_options.Bucket)}&precision=ms";
        using var response = await SendAsync(path, () => Gzip(lines), cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var message = MessageOf(await response.Content.ReadAsStringAsync(cancellationToken));
        if (response.StatusCode != HttpStatusCode.RequestEntityTooLarge && Dropped().Match(message) is { Success: true } dropped)
        {
            // The server wrote the others and says how many it dropped (a type conflict, or older than the retention).
            rejected.Add(new RejectedLines(int.Parse(dropped.Groups["count"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), message));
        }
        else if (lines.Count == 1)
        {
            rejected.Add(new RejectedLines(1, message));
        }
        else
        {
            // 413, or a line that cannot be parsed, for which the server refuses the whole batch: halves separate the good from the bad.
            await WriteBatchAsync(lines[..(lines.Count / 2)], rejected, cancellationToken);
            await WriteBatchAsync(lines[(lines.Count / 2)..], rejected, cancellationToken);
        }
    }

    /// <summary>The final answer: 2xx, 400, 413 or 422; everything else is tried again or thrown.</summary>
    private async Task<HttpResponseMessage> SendAsync(string path, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (response, failure) = await TryOnceAsync(path, content, cancellationToken);
            var status = response?.StatusCode;
            if (status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity || response?.IsSuccessStatusCode == true)
            {
                return response!;
            }

            using (response)
            {
                var wait = response?.Headers.RetryAfter;
                var said = response is null ? failure!.Message : $"{(int)response.StatusCode} {MessageOf(await response.Content.ReadAsStringAsync(cancellationToken))}";
                if (response is { StatusCode: < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests and not HttpStatusCode.RequestTimeout })
                {
                    throw new InfluxException($"InfluxDB at {_options.Url} refuses org {_options.Org}, bucket {_options.Bucket}: {said}. Check Influx:Token, Influx:Org and Influx:Bucket.", refused: true);
                }

                if (attempt >= _options.Attempts)
                {
                    throw new InfluxException($"InfluxDB at {_options.Url} is away after {attempt} tries: {said}", refused: false, failure);
                }

                await Task.Delay(Wait(wait, attempt), time, cancellationToken);
            }
        }
    }

    private async Task<(HttpResponseMessage? Response, Exception? Failure)> TryOnceAsync(string path, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = content() };
        request.Headers.TryAddWithoutValidation("Authorization", $"Token {_options.Token}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        try
        {
            return (await _http.SendAsync(request, cancellationToken), null);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, e);
        }
    }

    private TimeSpan Wait(RetryConditionHeaderValue? retryAfter, int attempt)
    {
        var asked = retryAfter?.Delta ?? (retryAfter?.Date - time.GetUtcNow()) ?? _options.Backoff * Math.Pow(2, attempt - 1);
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > _options.MaxBackoff ? _options.MaxBackoff : asked;
    }

    private Uri Address(string path) => new($"{_options.Url!.TrimEnd('/')}/{path}");

    private static ByteArrayContent Gzip(ArraySegment<string> lines)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
        {
            foreach (var line in lines)
            {
                writer.Write(line);
                writer.Write('\n');
            }
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static string MessageOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("message", out var message) ? message.ToString() : body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return body.Length <= 500 ? body : body[..500];
        }
    }

    [GeneratedRegex(@"partial write:.*dropped=(?<count>\d+)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dropped();
}

/// <summary>Lines that InfluxDB will never take.</summary>
/// <param name="Count">How many.</param>
/// <param name="Reason">The server's words, which name the line.</param>
public sealed record RejectedLines(int Count, string Reason);
