using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Tidewatch.Kafka.Embedded;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>librdkafka's batch reading (rdkafka.h) on the handle of a Confluent consumer: records are seen where they lie in the client's buffers.</summary>
/// <remarks>Callbacks (rebalances, errors) run inside these calls, as they do in Consume.</remarks>
internal static unsafe partial class NativeConsumer
{
    private const string Library = NativeClient.Library;

    static NativeConsumer() => NativeClient.Resolve();

    /// <summary>The native handle, which the consumer owns.</summary>
    public static nint HandleOf(IClient client) => ((SafeHandle)Inner(client.Handle)).DangerousGetHandle();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object Inner(Handle handle);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_consumer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint Queue(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial void DestroyQueue(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_batch_queue")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint ConsumeBatch(nint queue, int timeoutMs, NativeRecord** records, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consumer_poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial NativeRecord* Poll(nint client, int timeoutMs);

    [LibraryImport(Library, EntryPoint = "rd_kafka_fatal_error")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial int FatalError(nint client, Span<byte> text, nuint size);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial long Timestamp(NativeRecord* record, int* type);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_leader_epoch")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial int LeaderEpoch(NativeRecord* record);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial void Destroy(NativeRecord* record);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_name")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial nint TopicName(nint topic);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial int Headers(NativeRecord* record, out nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    internal static partial int Header(nint headers, nuint index, out nint name, out nint value, out nuint length);
}
