using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Kafka.Topics;

/// <summary>Creates the suite's topics with their settings; what is there stays as it is.</summary>
public sealed class TopicCreator(KafkaConnection connection, TopicNames names) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _done;

    /// <summary>Creates what is missing, once per process, and returns the names created. Throws <see cref="KafkaException"/> while the broker is away.</summary>
    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var created = _done ? [] : await CreateAsync([.. names.All(connection.Options.Partitions)]);
            _done = true;
            return created;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyList<string>> CreateAsync(IReadOnlyList<TopicSpec> topics)
    {
        if (connection.IsEmbedded)
        {
            connection.Embedded.Create(topics);
            return [.. topics.Select(t => t.Name)];
        }

        using var admin = new AdminClientBuilder(connection.Apply(new AdminClientConfig())).SetLogHandler(static (_, _) => { }).Build();
        var there = admin.GetMetadata(Timeout).Topics.Where(t => t.Error.Code == ErrorCode.NoError).Select(t => t.Topic).ToHashSet(StringComparer.Ordinal);
        var missing = topics.Where(t => !there.Contains(t.Name)).ToList();
        if (missing.Count == 0)
        {
            return [];
        }

        try
        {
            await admin.CreateTopicsAsync(missing.Select(Specification), new CreateTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout });
        }
        catch (CreateTopicsException e) when (e.Results.TrueForAll(r => r.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            missing.RemoveAll(t => e.Results.Exists(r => string.Equals(r.Topic, t.Name, StringComparison.Ordinal) && r.Error.IsError));
        }

        return [.. missing.Select(t => t.Name)];
    }

    private TopicSpecification Specification(TopicSpec topic) => new()
    {
        Name = topic.Name,
        NumPartitions = topic.Partitions,
        ReplicationFactor = (short)connection.Options.ReplicationFactor,
        Configs = new Dictionary<string, string>(topic.Settings, StringComparer.Ordinal),
    };
}
