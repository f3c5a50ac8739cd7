using System.CommandLine;
using Confluent.Kafka;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Topics;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Connection;
using Tidewatch.Kafka.Durable;
using Tidewatch.Kafka.Offline;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch replay --offline</c>: a stretch of a topic or a file through the detector's own engine, without Kafka's loop: the same alerts to the byte, the same state.</summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string?> _file = new("file") { Description = $"instead of a topic: {DataFile.Formats}; NDJSON lines are observations as they stand on a topic", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _offline = new("--offline") { Description = "read and compute only: nothing is published or committed", Required = true };
    private readonly Option<string?> _topic = new("--topic") { Description = "input topic by its full name" };
    private readonly Option<int?> _partition = new("--partition") { Description = "partition; default all" };
    private readonly Option<long?> _from = new("--from") { Description = "first offset; default the topic's first. A live detector's state is only met from the offset where its own began" };
    private readonly Option<long?> _to = new("--to") { Description = "offset to end before; default the end that stands now" };
    private readonly Option<bool> _check = new("--check") { Description = "hold the run against the audit chain: alerts of each link and state hashes; where the settings given are those that the detector had last, the run goes through those that it had before too, as far as the snapshot topic keeps them; other links are counted and left out; exit code 1 where they differ, or all are left out" };
    private readonly Option<string?> _alerts = new("--alerts") { Description = "file for the alert messages to the byte, a line each" };
    private readonly Option<string> _series = new("--series") { Description = "series id of a file's rows; default 'replay'", DefaultValueFactory = _ => "replay" };
    private readonly KafkaArguments _kafka = new();
    private readonly EngineArguments _engine = new();
    private readonly SeriesColumns.Arguments _columns = new();
    private readonly Option<ResultFormat> _format = CommonOptions.Output();

    public static Command Create(TextWriter output, TextWriter errors) => new ReplayCommand().Build(output, errors);

    private Command Build(TextWriter output, TextWriter errors)
    {
        var command = new Command("replay", "Runs past observations through the detector's engine again.")
        {
            _file, _offline, _topic, _partition, _from, _to, _check, _alerts, _series, _engine.Set, _kafka.Bootstrap, _kafka.Prefix, _format,
        };
        _columns.AddTo(command);
        command.Validators.Add(r =>
        {
            if (r.GetValue(_file) is null == r.GetValue(_topic) is null)
            {
                r.AddError("give a file or --topic, one of the two");
            }
        });
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, output, errors, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var messages = parsed.GetValue(_alerts) is { } path ? File.Create(path) : null;
        var replay = new OfflineReplay(_engine.Rules(parsed), messages);
        if (parsed.GetValue(_file) is not { } file)
        {
            RunTopic(parsed, replay, cancellationToken);
        }
        else if (ObservationFile.HasMessages(file))
        {
            replay.RunFile(file, ObservationFile.Messages(file));
        }
        else
        {
            using var rows = DataFile.Open(file);
            var columns = _columns.Find(parsed, rows);
            replay.RunFile(file, ObservationFile.Rows(rows, columns, parsed.GetRequiredValue(_series)));
            errors.Warn(columns.WarningsWithRows(rows));
        }

        output.Write(replay.Result(parsed.GetValue(_check)), parsed.GetValue(_format));
        return replay.Differences.Count == 0 ? CommandTree.Done : CommandTree.Failed;
    }

    private void RunTopic(ParseResult parsed, OfflineReplay replay, CancellationToken cancellationToken)
    {
        using var connection = _kafka.Connect(parsed);
        using var range = new TopicRange(connection);
        var (topic, names) = (parsed.GetRequiredValue(_topic)!, _kafka.Names(parsed));
        var described = range.Describe(topic);
        using var texts = new TopicSnapshotStore(connection, names);
        var group = $"{parsed.GetRequiredValue(_kafka.Prefix)}.{Environment.GetEnvironmentVariable("TIDEWATCH_Detector__Group") ?? "detector"}";
        var chain = Links(connection, names, parsed.GetValue(_check), cancellationToken).ToLookup(l => (l.TopicId, l.Partition));
        foreach (var number in parsed.GetValue(_partition) is { } one ? [one] : Enumerable.Range(0, described.PartitionCount))
        {
            var links = chain[(described.TopicId, number)].ToList();
            replay.RunTopic(range, names, new InputPartition(topic, number), described, parsed.GetValue(_from), parsed.GetValue(_to), links, parsed.GetValue(_check), hash => texts.ReadAsync(group, hash, cancellationToken).GetAwaiter().GetResult(), cancellationToken);
        }
    }

    /// <summary>The audit chain. Where nothing is checked there need be none.</summary>
    private static IReadOnlyList<ProgressRecord> Links(KafkaConnection connection, TopicNames names, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            return new TopicAudit(connection, names).Links(cancellationToken);
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.UnknownTopicOrPart && !isNeeded)
        {
            return [];
        }
    }
}
