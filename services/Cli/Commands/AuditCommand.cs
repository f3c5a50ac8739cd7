using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Kafka.Audit;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch audit</c>: "unbroken" ("empty" where nothing was processed yet), or the first break of each partition and exit code 1.</summary>
internal sealed class AuditCommand(TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private readonly KafkaArguments _kafka = new();
    private readonly Option<bool> _follow = new("--follow") { Description = "go on until stopped: every break as soon as it is found, a line each; the verdict at the end" };
    private readonly Option<ResultFormat> _format = CommonOptions.Output();

    public static Command Create(TextWriter output, TextWriter errors) => new AuditCommand(output, errors).Build();

    private Command Build()
    {
        var command = new Command("audit", "Holds the audit chain against itself and against the alerts that are really on the topic.") { _kafka.Bootstrap, _kafka.Prefix, _follow, _format };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(_follow)
            ? Task.Run(() => Follow(parsed, cancellationToken), CancellationToken.None)
            : Task.FromResult(Run(parsed, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var connection = _kafka.Connect(parsed);
        var auditor = new TopicAudit(connection, _kafka.Names(parsed)).Run(cancellationToken);
        return Write(parsed, auditor, auditor.Breaks());
    }

    private int Follow(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var connection = _kafka.Connect(parsed);
        using var follower = new AuditFollower(connection, _kafka.Names(parsed), since: null);
        var breaks = new List<AuditBreak>();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var found in follower.Follow(Turn, cancellationToken))
            {
                breaks.Add(found);
                errors.WriteLine($"{found.Kind} {found.Topic} [{found.Partition}] at {found.Offset}: {found.Detail}");
            }
        }

        return Write(parsed, follower.Auditor, breaks);
    }

    private int Write(ParseResult parsed, ProgressAuditor auditor, IReadOnlyList<AuditBreak> breaks)
    {
        var rows = breaks.Select(b => new object?[] { b.Kind.ToString(), b.Topic, b.Partition, b.Offset, b.Detail });
        output.Write(
            new Result(
                [("verdict", auditor.Links == 0 ? "empty" : breaks.Count == 0 ? "unbroken" : "broken"), ("links", auditor.Links), ("alerts", auditor.Alerts)],
                new ResultTable("breaks", ["kind", "topic", "partition", "offset", "detail"], [.. rows])),
            parsed.GetValue(_format));
        return breaks.Count == 0 ? CommandTree.Done : CommandTree.Failed;
    }
}
