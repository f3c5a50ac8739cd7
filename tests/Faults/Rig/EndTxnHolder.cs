using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tidewatch.Faults.Rig;

/// <summary>A proxy that knows where a Kafka request begins: when armed it keeps the next EndTxn, hangs up on its client, and delivers the request later, as a slow network could.</summary>
internal sealed class EndTxnHolder : IAsyncDisposable
{
    private const short EndTxn = 26;
    private const short FirstFlexibleVersion = 3;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource<Func<Task<short>>>? _armed;

    public EndTxnHolder(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Holds the next EndTxn; the result is what delivers it and gives the broker's error code.</summary>
    public Task<Func<Task<short>>> ArmAsync()
    {
        var armed = new TaskCompletionSource<Func<Task<short>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _armed, armed);
        return armed.Task;
    }

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
        var broker = new TcpClient { NoDelay = true };
        _open.Add(client);
        _open.Add(broker);
        try
        {
            client.NoDelay = true;
            await broker.ConnectAsync(IPAddress.Loopback, _target);
            var answers = broker.GetStream().CopyToAsync(client.GetStream(), _end.Token);
            await Task.WhenAny(answers, ForwardAsync(client, broker));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side hung up.
        }

        client.Dispose();
        broker.Dispose();
    }

    private async Task ForwardAsync(TcpClient client, TcpClient broker)
    {
        var (from, to) = (client.GetStream(), broker.GetStream());
        while (true)
        {
            var request = await ReadAsync(from);
            if (BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(4)) == EndTxn && Interlocked.Exchange(ref _armed, null) is { } armed)
            {
                armed.SetResult(() => DeliverAsync(request));
                return;
            }

            await to.WriteAsync(request, _end.Token);
        }
    }

    /// <summary>On a connection of its own: the broker does not ask which one a request comes by.</summary>
    private async Task<short> DeliverAsync(byte[] request)
    {
        using var late = new TcpClient();
        await late.ConnectAsync(IPAddress.Loopback, _target);
        await late.GetStream().WriteAsync(request, _end.Token);
        var answer = await ReadAsync(late.GetStream());
        var isFlexible = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(6)) >= FirstFlexibleVersion;
        return BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(8 + (isFlexible ? 1 : 0) + 4));
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _end.Token);
        var message = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(4), _end.Token);
        return message;
    }
}
