using System.Runtime.InteropServices;
using System.Text;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Kafka.Embedded;

/// <summary>A broker inside this process, on loopback; other processes of the machine reach it too. Keeps the last few megabytes of each partition in memory.</summary>
/// <remarks>It ignores read_committed and drops transactional offsets, so the partition loop runs at-least-once on it.</remarks>
public sealed class EmbeddedBroker : IDisposable
{
    private const int Producer = 0;
    private readonly Lock _gate = new();
    private nint _client;
    private nint _cluster;

    public EmbeddedBroker()
    {
        Span<byte> error = stackalloc byte[512];
        var configuration = MockClusterLibrary.NewConfiguration();
        _ = MockClusterLibrary.Configure(configuration, "log_level", "0", error, (nuint)error.Length);
        _client = MockClusterLibrary.New(Producer, configuration, error, (nuint)error.Length);
        if (_client == 0)
        {
            throw new InvalidOperationException("the embedded broker did not start: " + Encoding.UTF8.GetString(error[..error.IndexOf((byte)0)]));
        }

        _cluster = MockClusterLibrary.NewCluster(_client, 1);
        BootstrapServers = Marshal.PtrToStringUTF8(MockClusterLibrary.Bootstraps(_cluster))!;
    }

    /// <summary>What clients connect to, such as <c>127.0.0.1:40123</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>Creates topics; the ones that are there stay as they are.</summary>
    public void Create(IEnumerable<TopicSpec> topics)
    {
        lock (_gate)
        {
            foreach (var topic in topics)
            {
                _ = MockClusterLibrary.CreateTopic(_cluster, topic.Name, topic.Partitions, 1);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_client != 0)
            {
                MockClusterLibrary.DestroyCluster(_cluster);
                MockClusterLibrary.Destroy(_client);
                (_client, _cluster) = (0, 0);
            }
        }
    }
}
