using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tidewatch.Cli.Data;
using Tidewatch.Cli.Output;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Publishing;

namespace Tidewatch.Cli.Commands;

/// <summary><c>tidewatch feedback</c>: says to the detector what an alert, or an observation without one, really was.</summary>
internal sealed class FeedbackCommand
{
    private readonly Argument<string> _feedback = new("feedback") { Description = "what it really was: falseAlarm, confirmed or missed" };
    private readonly Option<string?> _alert = new("--alert") { Description = "id of an alert that opened or got worse, as it stands on the alerts topic" };
    private readonly Option<string?> _file = new("--file") { Description = "instead: a file with an alert or a score point as JSON; - for standard input" };
    private readonly Option<string?> _series = new("--series") { Description = "instead: series of the observation, with --time, --score and --domain" };
    private readonly Option<string?> _time = new("--time") { Description = "event time of the observation, RFC 3339" };
    private readonly Option<string?> _score = new("--score") { Description = "score that the observation had, 0 to 1" };
    private readonly Option<string?> _domain = new("--domain") { Description = "domain of the observation's topic, such as hosts" };
    private readonly KafkaArguments _kafka = new();
    private readonly Option<ResultFormat> _format = CommonOptions.Output();

    public static Command Create(TextWriter output) => new FeedbackCommand().Build(output);

    private Command Build(TextWriter output)
    {
        _feedback.AcceptOnlyFromAmong("falseAlarm", "confirmed", "missed");
        var command = new Command("feedback", "Publishes a correction of an alert, or of an observation that should have been one: the detector applies it in the order of the series' observations.")
        {
            _feedback, _alert, _file, _series, _time, _score, _domain, _kafka.Bootstrap, _kafka.Prefix, _format,
        };
        command.Validators.Add(Check);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (correction, topic, partition) = Judged(parsed, cancellationToken);
            using var connection = _kafka.Connect(parsed);
            using var publisher = new CorrectionPublisher(connection);
            var (number, offset) = await publisher.PublishAsync(topic, partition, correction, cancellationToken);
            output.Write(new Result([("series", correction.Series), ("time", correction.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ("feedback", parsed.GetRequiredValue(_feedback)), ("score", correction.Score), ("topic", topic), ("partition", number), ("offset", offset)]), parsed.GetValue(_format));
            return CommandTree.Done;
        });
        return command;
    }

    private void Check(CommandResult result)
    {
        if (new[] { result.GetValue(_alert), result.GetValue(_file), result.GetValue(_series) }.Count(v => v is not null) != 1)
        {
            result.AddError("give --alert, --file or --series, one of the three");
        }
        else if (result.GetValue(_series) is not null != (result.GetValue(_time) is not null && result.GetValue(_score) is not null && result.GetValue(_domain) is not null))
        {
            result.AddError("--series, --time, --score and --domain go together");
        }
    }

    private (Correction Correction, string Topic, int? Partition) Judged(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (feedback, names) = (Enum.Parse<Feedback>(parsed.GetRequiredValue(_feedback), ignoreCase: true), _kafka.Names(parsed));
        if (parsed.GetValue(_series) is { } series)
        {
            return (new Correction { Series = series, Time = Time(parsed.GetValue(_time)!), Feedback = feedback, Score = Score(parsed.GetValue(_score)!) }, names.Observations(parsed.GetValue(_domain)!), null);
        }

        if (parsed.GetValue(_file) is { } file)
        {
            return JudgedFile.Read(file, feedback, names);
        }

        var id = parsed.GetValue(_alert)!;
        using var connection = _kafka.Connect(parsed);
        return new TopicAlerts(connection, names).Find(id, cancellationToken) is { } alert
            ? JudgedFile.Of(alert, feedback, names)
            : throw new UsageException($"there is no alert '{id}' on {names.Alerts}: give its id, the field id of its JSON, or the alert itself with --file");
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        ? time
        : throw new UsageException($"--time '{text}' is not a time: use RFC 3339, such as 2026-01-31T12:00:00Z");

    private static double Score(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 1
        ? score
        : throw new UsageException($"--score '{text}' is not a number from 0 to 1: give the score that the observation had");
}
