using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Tidewatch.Standalone;

/// <summary>Looks at the page's port before anything starts, so that a taken one costs a line and not a minute.</summary>
public static class PortCheck
{
    /// <summary>What is wrong with the configured addresses, with the remedy; null when nothing is.</summary>
    public static string? Problem(IConfiguration configuration)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Problem(url) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Problem(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return $"'{url}' is not an address to listen on; one such as http://localhost:8080 is (PORT= or ASPNETCORE_URLS=).";
        }

        if (address.Port is < 0 or > 65_535)
        {
            return $"Port {address.Port} does not exist; choose one from 1 to 65535 with PORT= (or ASPNETCORE_URLS=).";
        }

        var host = IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Loopback;
        return address.IsUnixPipe || address.Port == 0 || IsFree(host, address.Port)
            ? null
            : $"Port {address.Port} is taken. Choose another with PORT= (or ASPNETCORE_URLS=), or stop the process that holds it.";
    }

    private static bool IsFree(IPAddress host, int port)
    {
        try
        {
            using var listener = new TcpListener(host, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException)
        {
            return true; // not ours to judge: the server's own error names it
        }
    }
}
