using System.Net;

namespace Tidewatch.Faults.Rig;

/// <summary>Stands in for a receiver of alerts by HTTP: answers as it is told.</summary>
internal abstract class HttpSink : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private volatile int _status = 204;
    private volatile int _late;

    protected HttpSink(int port)
    {
        Url = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Status of every answer from now on; 204 is well.</summary>
    public int Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>How long an answer takes from now on, in milliseconds, after the request was taken.</summary>
    public int Late
    {
        get => _late;
        set => _late = value;
    }

    /// <summary>Requests that were not taken.</summary>
    public int Refused { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    /// <summary>A request that is answered well; one at a time.</summary>
    protected abstract Task TakeAsync(HttpListenerRequest request);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The end, or a client that did not wait.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var status = _status;
        if (status == 204)
        {
            await TakeAsync(context.Request);
        }
        else
        {
            Refused++;
        }

        await Task.Delay(_late);
        context.Response.StatusCode = status;
        context.Response.Close();
    }
}
