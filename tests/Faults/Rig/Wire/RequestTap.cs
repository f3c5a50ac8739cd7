using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tidewatch.Faults.Rig.Wire;

/// <summary>A proxy that knows where a request begins: when armed it stops the one looked for, tells of it, and hangs up on its client.</summary>
internal sealed class RequestTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly Func<Stream, CancellationToken, Task<byte[]>> _read;
    private readonly int _target;
    private readonly Task _accepting;
    private Arming? _armed;

    /// <param name="target">Port of the server on loopback.</param>
    /// <param name="read">Reads one whole request of the protocol.</param>
    public RequestTap(int target, Func<Stream, CancellationToken, Task<byte[]>> read)
    {
        (_target, _read) = (target, read);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Stops the next request that <paramref name="isIt"/> says yes to, once; its connection waits for <paramref name="stopped"/>, then it is closed.</summary>
    /// <param name="isIt">Asked of every request, of several connections at once.</param>
    /// <param name="stopped">Told of it; the request goes on only if it is forwarded there.</param>
    public void Arm(Func<byte[], bool> isIt, Func<StoppedRequest, Task> stopped) => Volatile.Write(ref _armed, new Arming(isIt, stopped));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var client in _open)
        {
            client.Dispose();
        }

        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var link = new Link(client, new TcpClient { NoDelay = true });
        _open.Add(client);
        _open.Add(link.Server);
        try
        {
            client.NoDelay = true;
            await link.Server.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(AnswerAsync(link), ForwardAsync(link));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side hung up.
        }

        client.Dispose();
        if (!link.IsSilent)
        {
            // Else the server may not have read the forwarded request yet: its connection stays until the end.
            link.Server.Dispose();
        }
    }

    private async Task ForwardAsync(Link link)
    {
        var (from, to) = (new BufferedStream(link.Client.GetStream(), 65_536), link.Server.GetStream());
        while (true)
        {
            var request = await _read(from, _end.Token);
            if (Volatile.Read(ref _armed) is { } armed && armed.IsIt(request) && Interlocked.CompareExchange(ref _armed, null, armed) == armed)
            {
                await armed.Stopped(new StoppedRequest(request, async () =>
                {
                    link.IsSilent = true;
                    await to.WriteAsync(request, _end.Token);
                }));
                return;
            }

            await to.WriteAsync(request, _end.Token);
        }
    }

    private async Task AnswerAsync(Link link)
    {
        var (from, to, buffer) = (link.Server.GetStream(), link.Client.GetStream(), new byte[65_536]);
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var length)
        {
            if (!link.IsSilent)
            {
                await to.WriteAsync(buffer.AsMemory(0, length), _end.Token);
            }
        }
    }

    private sealed record Arming(Func<byte[], bool> IsIt, Func<StoppedRequest, Task> Stopped);

    private sealed class Link(TcpClient client, TcpClient server)
    {
        private volatile bool _isSilent;

        public TcpClient Client => client;

        public TcpClient Server => server;

        /// <summary>Once a stopped request went on after all: nothing more is answered.</summary>
        public bool IsSilent
        {
            get => _isSilent;
            set => _isSilent = value;
        }
    }
}
