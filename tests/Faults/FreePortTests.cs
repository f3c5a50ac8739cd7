using System.Net;
using System.Net.Sockets;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Faults;

public sealed class FreePortTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_001)]
    public void Row_OnePortOfTheNextIsTaken_IsAnother(int taken)
    {
        var next = FreePort.Row(3, 1_000) + 3;
        using var listener = new TcpListener(IPAddress.Loopback, next + taken);
        listener.Start();
        var row = FreePort.Row(3, 1_000);
        Enumerable.Range(row, 3).Concat(Enumerable.Range(row + 1_000, 3)).ShouldNotContain(next + taken);
        row.ShouldBeLessThan(32_768, "Linux gives ports from there on to outgoing connections");
    }
}
