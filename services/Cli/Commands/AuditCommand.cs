using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Kafka.Audit;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch audit</c>: "unbroken" ("empty" where nothing was processed yet), or the first break of each partition and exit code 1.</summary>
internal static class AuditCommand
{
    public static Command Create(TextWriter output)
    {
        var kafka = new KafkaArguments();
        var format = CommonOptions.Output();
        var command = new Command("audit", "Holds the audit chain against itself and against the alerts that are really on the topic.") { kafka.Bootstrap, kafka.Prefix, format };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var connection = kafka.Connect(parsed);
            var auditor = new TopicAudit(connection, kafka.Names(parsed)).Run(cancellationToken);
            var breaks = auditor.Breaks();
            var rows = breaks.Select(b => new object?[] { b.Kind.ToString(), b.Topic, b.Partition, b.Offset, b.Detail });
            output.Write(
                new Result(
                    [("verdict", auditor.Links == 0 ? "empty" : breaks.Count == 0 ? "unbroken" : "broken"), ("links", auditor.Links), ("alerts", auditor.Alerts)],
                    new ResultTable("breaks", ["kind", "topic", "partition", "offset", "detail"], [.. rows])),
                parsed.GetValue(format));
            return Task.FromResult(breaks.Count == 0 ? CommandTree.Done : CommandTree.Failed);
        });
        return command;
    }
}
