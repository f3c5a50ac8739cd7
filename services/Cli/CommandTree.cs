using System.CommandLine;
using Tidewatch.Cli.Commands;
using Tidewatch.Cli.Output;
using Tidewatch.Evaluation.Data;
using Tidewatch.Models;
using Tidewatch.Storage.Registry;

namespace Tidewatch.Cli;

/// <summary>Every command, a line each. Exit codes: 0 done, 1 the data or a server would not have it, 2 the command line is wrong.</summary>
public static class CommandTree
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>The commands; results go to <paramref name="output"/>, everything else to <paramref name="errors"/>.</summary>
    public static RootCommand Create(TextWriter output, TextWriter errors)
    {
        ModelCatalog.Include();
        var bars = new ProgressBars(errors);
        return new RootCommand("Streaming anomaly detection on Kafka.")
        {
            AuditCommand.Create(output, errors),
            CompareCommand.Create(output, errors, bars),
            DatasetCommand.Create(output, errors, bars),
            DetectCommand.Create(output, errors, bars),
            new Command("evaluate", "Judges detectors on labelled data by the field's protocols.")
            {
                EvaluateNabCommand.Create(output, errors),
                EvaluateAdbenchCommand.Create(output, errors),
                EvaluateCohortCommand.Create(output),
                EvaluateFeedbackCommand.Create(output),
                EvaluateCsvCommand.Create(output, errors),
                EvaluateSkabCommand.Create(output, errors),
                EvaluateCloudWatchCommand.Create(output, errors),
                EvaluateGeneratorCommand.Create(output),
                EvaluateMachineTemperatureCommand.Create(output),
            },
            FeedbackCommand.Create(output),
            ModelCommand.Create(output),
            ReplayCommand.Create(output, errors),
            ReportCommand.Create(output, errors, bars),
            RunsCommand.Create(output),
            ScoreCommand.Create(output, errors),
            TopicsCommand.Create(output),
            TrainCommand.Create(output, errors, bars),
        };
    }

    /// <summary>Runs one command line. Results go to <paramref name="output"/>, everything else to <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var root = Create(output, errors);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => $"tidewatch: {e.Message}")));
            await errors.WriteLineAsync($"'{string.Join(' ', CommandPath(parsed.CommandResult))} --help' says how it is used");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (Confluent.Kafka.KafkaException e)
        {
            await errors.WriteLineAsync($"tidewatch: Kafka: {e.Error.Reason}");
            return Failed;
        }
        catch (UsageException e)
        {
            await errors.WriteLineAsync($"tidewatch: {e.Message}");
            return WrongUsage;
        }
        catch (Exception e) when (e is DataFormatException or RegistryException or ModelFileException)
        {
            await errors.WriteLineAsync($"tidewatch: {e.Message}");
            return Failed;
        }
    }

    private static IEnumerable<string> CommandPath(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? CommandPath(parent).Append(result.Command.Name) : ["tidewatch"];
}
