using System.Net;
using System.Net.Sockets;

namespace Tidewatch.TestKit;

/// <summary>Ports on loopback that nobody listens on right now, below those that the system gives to outgoing connections: a server that is stopped finds its port free when it returns.</summary>
public static class FreePort
{
    private const int Lowest = 10_000;
    private const int Range = 20_000;

    /// <summary>Spreads programs that run at the same time.</summary>
    private const int Spread = 7_919;

    private static int _given;

    /// <summary>One port; every call gives another.</summary>
    public static int Next() => Row(1);

    /// <summary>The first of <paramref name="length"/> free ports in a row, of which those <paramref name="further"/> on are free as well.</summary>
    /// <exception cref="InvalidOperationException">There is no such row.</exception>
    public static int Row(int length, params IReadOnlyList<int> further)
    {
        for (var attempt = 0; attempt < Range; attempt++)
        {
            var first = Lowest + (int)(((uint)(Environment.ProcessId * Spread) + (uint)(Interlocked.Add(ref _given, length) - length)) % Range);
            if (further.Prepend(0).All(f => Enumerable.Range(first + f, length).All(IsFree)))
            {
                return first;
            }
        }

        throw new InvalidOperationException($"no {length} free ports in a row from {Lowest} on");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
