namespace Tidewatch.TestKit;

/// <summary>How one redis-server is run.</summary>
internal interface IRedisHost : IDisposable
{
    /// <summary>Starts it, again on the same port and data; returns when it answers.</summary>
    void Start();

    /// <summary>SIGKILL.</summary>
    void Kill();
}
