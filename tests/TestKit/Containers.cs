using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace Tidewatch.TestKit;

/// <summary>Servers by Docker, for machines that have neither the jars nor the packages. The image is pulled where the engine does not hold it.</summary>
public static class Containers
{
    /// <summary>Starts an image with one port published on loopback and returns when somebody holds a connection to it; null, with the reason printed, where there is no engine or no image.</summary>
    /// <param name="image">Name and tag.</param>
    /// <param name="hostPort">Port on 127.0.0.1.</param>
    /// <param name="port">Port in the container.</param>
    /// <param name="configure">Environment and command of the image.</param>
    public static IContainer? Start(string image, int hostPort, int port, Func<ContainerBuilder, ContainerBuilder> configure)
    {
        DockerApi.Agree();
        // The helper container that sweeps up is one more image to pull; the tests dispose of what they start.
        TestcontainersSettings.ResourceReaperEnabled = false;
        try
        {
            var container = configure(new ContainerBuilder(image).WithLogger(ConsoleLogger.Instance))
                .WithPortBinding(hostPort.ToString(CultureInfo.InvariantCulture), port.ToString(CultureInfo.InvariantCulture))
                .WithCreateParameterModifier(OnLoopback)
                .Build();
            Finish(container.StartAsync);
            Connection.Await(hostPort);
            return container;
        }
        catch (Exception e) when (e is DockerUnavailableException or DockerApiException)
        {
            Console.WriteLine($"no container of {image}: {e.Message.Split('\n')[0]}");
            return null;
        }
    }

    /// <summary>Waits for an asynchronous step outside of the test framework's own scheduler, which would wait for the waiting thread.</summary>
    public static void Finish(Func<CancellationToken, Task> step) => Task.Run(() => step(CancellationToken.None)).GetAwaiter().GetResult();

    // A test's server is nobody else's business, and a test that stops one means SIGKILL.
    private static void OnLoopback(CreateContainerParameters parameters)
    {
        parameters.StopSignal = "SIGKILL";
        foreach (var binding in (parameters.HostConfig?.PortBindings?.Values ?? []).SelectMany(b => b))
        {
            binding.HostIP = "127.0.0.1";
        }
    }
}
