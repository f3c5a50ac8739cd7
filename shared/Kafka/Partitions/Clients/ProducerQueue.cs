using Confluent.Kafka;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Puts a record into a producer's queue, waiting while it is full.</summary>
internal static class ProducerQueue
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static void Put(IProducer<byte[]?, byte[]?> producer, string topic, byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers)
    {
        var message = new Message<byte[]?, byte[]?> { Key = key, Value = value, Headers = [] };
        foreach (var (name, content) in headers)
        {
            message.Headers.Add(name, content);
        }

        while (true)
        {
            try
            {
                producer.Produce(topic, message);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(Pause);
            }
        }
    }
}
