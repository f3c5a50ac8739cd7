using System.Net;
using System.Text.Json;

namespace Tidewatch.Faults.Rig;

/// <summary>Stands in for an incident service behind a webhook: what comes again under an <c>Idempotency-Key</c> that it knows, it drops unread, as such services do.</summary>
internal sealed class WebhookStub(int port) : HttpSink(port)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>Requests dropped because their key had come before.</summary>
    public int Repeats { get; private set; }

    /// <summary>Alerts that came under more than one key.</summary>
    public int Doubled
    {
        get
        {
            lock (_ids)
            {
                return _ids.Count(i => i.Value > 1);
            }
        }
    }

    /// <summary>Of <paramref name="wanted"/>, the alerts that have not come.</summary>
    public int Missing(IEnumerable<string> wanted)
    {
        lock (_ids)
        {
            return wanted.Count(id => !_ids.ContainsKey(id));
        }
    }

    protected override async Task TakeAsync(HttpListenerRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.InputStream);
        lock (_ids)
        {
            if (!_keys.Add(request.Headers["Idempotency-Key"]!))
            {
                Repeats++;
                return;
            }

            foreach (var id in body.RootElement.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("id").GetString()!))
            {
                _ids[id] = _ids.GetValueOrDefault(id) + 1;
            }
        }
    }
}
