using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Tidewatch.Faults.Rig.Wire;

namespace Tidewatch.Faults.Rig;

/// <summary>A proxy to Kafka: when armed it keeps the next EndTxn, hangs up on its client, and delivers the request later, as a slow network could.</summary>
internal sealed class EndTxnHolder(int target) : IAsyncDisposable
{
    private const short FirstFlexibleVersion = 3;
    private readonly RequestTap _tap = new(target, KafkaRequest.ReadAsync);

    public int Port => _tap.Port;

    /// <summary>Holds the next EndTxn; the result is what delivers it and gives the broker's error code.</summary>
    public Task<Func<Task<short>>> ArmAsync()
    {
        var armed = new TaskCompletionSource<Func<Task<short>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _tap.Arm(r => KafkaRequest.Api(r) == KafkaRequest.EndTxn, stopped =>
        {
            armed.SetResult(() => DeliverAsync(stopped.Bytes));
            return Task.CompletedTask;
        });
        return armed.Task;
    }

    public ValueTask DisposeAsync() => _tap.DisposeAsync();

    /// <summary>On a connection of its own: the broker does not ask which one a request comes by.</summary>
    private async Task<short> DeliverAsync(byte[] request)
    {
        using var late = new TcpClient();
        await late.ConnectAsync(IPAddress.Loopback, target);
        await late.GetStream().WriteAsync(request);
        var answer = await KafkaRequest.ReadAsync(late.GetStream(), CancellationToken.None);
        var isFlexible = KafkaRequest.Version(request) >= FirstFlexibleVersion;
        return BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(8 + (isFlexible ? 1 : 0) + 4));
    }
}
