using System.Globalization;
using Tidewatch.Cli.Output;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Offline;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Cli.Data;

/// <summary>Runs partitions one after the other through the detector's engine and gathers what is printed.</summary>
/// <param name="rules">The detector's settings.</param>
/// <param name="messages">Where each alert's exact bytes go, a line each; null for nowhere.</param>
internal sealed class OfflineReplay(EngineRules rules, Stream? messages)
{
    private const string FileScope = "file";
    private readonly List<object?[]> _alerts = [];
    private readonly List<object?[]> _partitions = [];
    private readonly List<AuditBreak> _differences = [];
    private (int Links, int Hashes, int Others) _compared;

    public IReadOnlyList<AuditBreak> Differences => _differences;

    /// <summary>Everything printed; <paramref name="isChecked"/> adds the comparison's figures.</summary>
    public Result Result(bool isChecked) => new(
        [
            ("alerts", _alerts.Count),
            .. isChecked ? new (string, object?)[] { ("verdict", _differences.Count == 0 ? "equal" : "different"), ("links", _compared.Links), ("hashes", _compared.Hashes), ("links_of_other_settings", _compared.Others) } : [],
        ],
        new ResultTable("alerts_found", ["id", "time", "series", "state", "severity", "value", "score", "partition", "offset", "reason"], _alerts),
        new ResultTable("partitions", ["topic", "partition", "from", "to", "records", "rejected", "corrected", "series", "alerts", "state_hash"], _partitions),
        new ResultTable("differences", ["kind", "topic", "partition", "offset", "detail"], [.. _differences.Select(b => new object?[] { b.Kind.ToString(), b.Topic, b.Partition, b.Offset, b.Detail })]));

    public void RunFile(string file, IEnumerable<OfflineRecord> records)
    {
        var scope = new EngineScope(FileScope, Path.GetFileName(file), 0, FileScope);
        var run = new OfflineRun(scope, rules) { OnAlert = Take };
        var to = 0L;
        foreach (var record in records)
        {
            run.Apply(record);
            to = record.Offset + 1;
        }

        Finish(run, scope, 0, to);
    }

    /// <summary>Offsets from <paramref name="from"/> up to <paramref name="to"/>; null for all that there are. What the <paramref name="chain"/> says was left out is left out; if <paramref name="isChecked"/>, the run is held against it, and goes through the settings that it names.</summary>
    /// <remarks><paramref name="textOf"/> gives the text of settings by their hash; null where none was kept.</remarks>
    public void RunTopic(TopicRange range, TopicNames names, InputPartition partition, InputTopic topic, long? from, long? to, IReadOnlyList<ProgressRecord> chain, bool isChecked, Func<ulong, string?> textOf, CancellationToken cancellationToken)
    {
        var bounds = range.Bounds(partition);
        var (first, end) = (Math.Max(from ?? bounds.Start, bounds.Start), Math.Min(to ?? bounds.End, bounds.End));
        var scope = new EngineScope(topic.TopicId, partition.Topic, partition.Number, names.DomainOf(partition.Topic));
        var settings = FollowedSettings.Of(isChecked ? chain : [], rules, textOf);
        var auditor = new ReplayAuditor(isChecked ? chain : [], settings.History);
        auditor.Begin(first);
        var run = new OfflineRun(scope, settings.First, chain.SelectMany(l => l.Skipped ?? []))
        {
            OnAlert = alert =>
            {
                Take(alert);
                auditor.Add(alert);
            },
        };
        range.Read(partition, first, end, record =>
        {
            settings.Before(run, record.Offset.Value);
            run.Apply(new OfflineRecord(record.Offset.Value, record.Message.Timestamp.UnixTimestampMs, record.Message.Key ?? [], record.Message.Value ?? []));
            if (auditor.NextLink <= record.Offset.Value + 1)
            {
                run.Complete();
                auditor.Reached(run.StateHash);
            }
        }, cancellationToken);
        Finish(run, scope, first, end);
        _compared = (_compared.Links + auditor.Links, _compared.Hashes + auditor.Hashes, _compared.Others + auditor.Others);
        _differences.AddRange(auditor.Break is { } difference ? [difference] : []);
    }

    private void Finish(OfflineRun run, EngineScope scope, long from, long to)
    {
        var hash = run.StateHash().ToString("x16", CultureInfo.InvariantCulture);
        _partitions.Add([scope.Topic, scope.Partition, from, to, run.Records, run.Counters.Rejected, run.Counters.Corrected, run.SeriesCount, run.Counters.Alerts, hash]);
    }

    private void Take(Alert alert)
    {
        messages?.Write([.. AlertCodec.Encode(alert), (byte)'\n']);
        _alerts.Add([
            alert.Id, alert.Time.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture), alert.Series, alert.State.ToString().ToLowerInvariant(), alert.Severity.ToString().ToLowerInvariant(),
            alert.Value, alert.Score, alert.Source?.Partition, alert.Source?.Offset, alert.Reason,
        ]);
    }
}
