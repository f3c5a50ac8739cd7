using System.Diagnostics;
using System.Net.Sockets;

namespace Tidewatch.TestKit;

/// <summary>Whether a server on loopback takes connections. Docker's own proxy takes them at once and drops them while nothing listens behind it.</summary>
internal static class Connection
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(200);

    /// <summary>Connects and sees whether the connection is still there a moment later.</summary>
    public static bool Holds(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return !client.Client.Poll(Held, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <exception cref="TimeoutException">It did not within a minute.</exception>
    public static void Await(int port)
    {
        for (var deadline = Stopwatch.StartNew(); !Holds(port); Thread.Sleep(50))
        {
            if (deadline.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException($"nothing answers on port {port}");
            }
        }
    }
}
