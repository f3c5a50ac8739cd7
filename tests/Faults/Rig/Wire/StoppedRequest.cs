namespace Tidewatch.Faults.Rig.Wire;

/// <summary>A request that a tap has stopped.</summary>
/// <param name="bytes">The whole of it.</param>
/// <param name="forward">Sends it to the server.</param>
internal sealed class StoppedRequest(byte[] bytes, Func<Task> forward)
{
    public byte[] Bytes => bytes;

    /// <summary>Delivers it to the server after all; the client sees no answer to it.</summary>
    public Task ForwardAsync() => forward();
}
