using System.Runtime.InteropServices;

namespace Tidewatch.Kafka.Embedded;

/// <summary>librdkafka's in-process broker (rdkafka_mock.h), from the same native library that Confluent.Kafka loads.</summary>
internal static partial class MockClusterLibrary
{
    private const string Library = "librdkafka";

    /// <summary>The builds that the package brings, in the order in which Confluent.Kafka tries them: the first needs libsasl2, the second does not, the third is for musl.</summary>
    private static readonly string[] Builds = ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

    static MockClusterLibrary() => NativeLibrary.SetDllImportResolver(typeof(MockClusterLibrary).Assembly, static (name, assembly, path) =>
    {
        if (string.Equals(name, Library, StringComparison.Ordinal))
        {
            foreach (var build in Builds)
            {
                if (NativeLibrary.TryLoad(build, assembly, path, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    });

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint New(int type, nint configuration, Span<byte> error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial void DestroyCluster(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial int CreateTopic(nint cluster, string topic, int partitions, int replicas);
}
