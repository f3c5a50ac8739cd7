using Confluent.Kafka;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Partitions.Clients;

namespace Tidewatch.Kafka.Audit;

/// <summary>Follows the progress and alerts topics as a read_committed reader and judges every link once all alerts of its transaction must be visible.</summary>
/// <remarks>Links are read first, then the alerts up to the read_uncommitted ends that stood after: the commit markers of one transaction reach its partitions one by one.</remarks>
public sealed class AuditFollower : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private const int LongestRound = 10_000;
    private readonly TopicDirectory _directory;
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly Dictionary<TopicPartition, long> _alerts;
    private readonly List<byte[]> _links = [];
    private IReadOnlyDictionary<TopicPartition, long>? _ends;

    /// <summary>Opens the reader. Throws <see cref="KafkaException"/> when the broker or a topic is away.</summary>
    /// <param name="connection">A real broker: the embedded one knows no transactions.</param>
    /// <param name="names">Names of the topics.</param>
    /// <param name="since">Where to begin, by the records' timestamps; null for the beginning of the topics.</param>
    public AuditFollower(KafkaConnection connection, TopicNames names, DateTimeOffset? since)
    {
        _directory = new TopicDirectory(connection);
        _consumer = TopicAudit.Open(connection);
        // Alerts are read from earlier than links.
        var alerts = Starts(TopicAudit.PartitionsOf(names.Alerts, _consumer, connection), since - TopicAudit.LongestTransaction);
        _alerts = alerts.ToDictionary(a => a.TopicPartition, _ => 0L);
        _consumer.Assign(alerts.Concat(Starts(TopicAudit.PartitionsOf(names.Progress, _consumer, connection), since)));
    }

    /// <summary>What was seen so far.</summary>
    public ProgressAuditor Auditor { get; } = new();

    /// <summary>Links that were judged.</summary>
    public int Settled { get; private set; }

    /// <summary>Reads on for <paramref name="time"/>, and returns the breaks found.</summary>
    public IReadOnlyList<AuditBreak> Follow(TimeSpan time, CancellationToken cancellationToken)
    {
        var found = new List<AuditBreak>();
        for (var until = Environment.TickCount64 + (long)time.TotalMilliseconds; Environment.TickCount64 < until && !cancellationToken.IsCancellationRequested;)
        {
            if (_consumer.Consume(Poll) is { } result)
            {
                Take(result);
            }

            found.AddRange(Settle());
        }

        return found;
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _directory.Dispose();
    }

    private void Take(ConsumeResult<Ignore, byte[]> result)
    {
        if (_alerts.ContainsKey(result.TopicPartition))
        {
            _alerts[result.TopicPartition] = result.IsPartitionEOF ? result.Offset.Value : result.Offset.Value + 1;
            if (result.Message?.Value is { } alert)
            {
                TopicAudit.AddAlert(Auditor, alert);
            }
        }
        else if (result.Message?.Value is { } link)
        {
            _links.Add(link);
        }

        if (_ends is null && _links.Count > 0 && (result.IsPartitionEOF || _links.Count >= LongestRound))
        {
            // Links up to here are a round: they are judged once the alerts have been read to the ends of this moment.
            _links.ForEach(l => Auditor.Add(TopicAudit.LinkOf(l)));
            _links.Clear();
            _ends = _directory.UncommittedEnds(_alerts.Keys);
        }
    }

    private IReadOnlyList<AuditBreak> Settle()
    {
        if (_ends is null || _ends.Any(e => _alerts[e.Key] < e.Value))
        {
            return [];
        }

        _ends = null;
        Settled = Auditor.Links;
        return Auditor.Settle();
    }

    private List<TopicPartitionOffset> Starts(IReadOnlyList<TopicPartition> partitions, DateTimeOffset? since)
    {
        if (since is not { } from)
        {
            return [.. partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning))];
        }

        // Where nothing is as new, the end that stood before asking: the client would look for one later, behind what came meanwhile. Of an open transaction all is still to be read.
        var ends = _directory.CommittedEnds(partitions);
        return _consumer.OffsetsForTimes(partitions.Select(p => new TopicPartitionTimestamp(p, new Timestamp(from))), Timeout)
            .ConvertAll(o => o.Offset.IsSpecial ? new TopicPartitionOffset(o.TopicPartition, ends[o.TopicPartition]) : o);
    }
}
