using System.CommandLine;
using Tidewatch.Cli.Output;
using Tidewatch.Kafka.Topics;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch topics</c>: creates the suite's topics with their settings; what is there stays as it is.</summary>
internal static class TopicsCommand
{
    public static Command Create(TextWriter output)
    {
        var kafka = new KafkaArguments();
        var partitions = new Option<int>("--partitions") { Description = "partitions of new topics", DefaultValueFactory = _ => 4 };
        var replicas = new Option<int>("--replication-factor") { Description = "replicas of new topics", DefaultValueFactory = _ => 1 };
        var format = CommonOptions.Output();
        var command = new Command("topics", "Creates the topics that are missing, with their settings.") { kafka.Bootstrap, kafka.Prefix, partitions, replicas, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = kafka.Connect(parsed, parsed.GetValue(partitions), parsed.GetValue(replicas));
            using var creator = new TopicCreator(connection, kafka.Names(parsed));
            var created = (await creator.EnsureAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
            var rows = kafka.Names(parsed).All(parsed.GetValue(partitions)).Select(t => new object?[]
            {
                t.Name, created.Contains(t.Name) ? "created" : "was there", t.Partitions, string.Join(' ', t.Settings.Select(s => $"{s.Key}={s.Value}")),
            });
            output.Write(new Result([("created", created.Count)], new ResultTable("topics", ["topic", "state", "partitions", "settings"], [.. rows])), parsed.GetValue(format));
            return CommandTree.Done;
        });
        return command;
    }
}
