using System.Runtime.InteropServices;

namespace Tidewatch.Kafka.Embedded;

/// <summary>The native library that Confluent.Kafka loads, for the calls that it does not offer.</summary>
internal static class NativeClient
{
    public const string Library = "librdkafka";

    /// <summary>The builds that the package brings, in the order in which Confluent.Kafka tries them: the first needs libsasl2, the second does not, the third is for musl.</summary>
    private static readonly string[] Builds = ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

    static NativeClient() => NativeLibrary.SetDllImportResolver(typeof(NativeClient).Assembly, static (name, assembly, path) =>
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

    /// <summary>Called from the static constructor of every class that imports from <see cref="Library"/>.</summary>
    public static void Resolve()
    {
        // The static constructor has done it.
    }
}
