using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>An alert or a score point as JSON, of which feedback is given.</summary>
internal static class JudgedFile
{
    private const string StandardInput = "-";

    /// <summary>The correction, and where the judged observation stands. Throws <see cref="DataFormatException"/> for a file that is neither.</summary>
    public static (Correction Correction, string Topic, int? Partition) Read(string file, Feedback feedback, TopicNames names)
    {
        var bytes = BytesOf(file);
        if (AlertCodec.TryDecode(bytes, out var alert, out var problem))
        {
            return Of(alert!, feedback, names);
        }

        try
        {
            var point = JsonSerializer.Deserialize(bytes, ContractJson.Default.ScorePoint)!;
            return (new Correction { Series = point.Series, Time = point.Time, Feedback = feedback, Score = point.Score }, names.Observations(point.Domain), null);
        }
        catch (JsonException)
        {
            throw new DataFormatException(file, 0, null, $"neither an alert nor a score point: {problem}");
        }
    }

    /// <summary>The same of an alert. Throws <see cref="UsageException"/> for one that says that its series is normal again.</summary>
    public static (Correction Correction, string Topic, int? Partition) Of(Alert alert, Feedback feedback, TopicNames names) => alert.State == AlertState.Resolved
        ? throw new UsageException($"alert {alert.Id} says that series {alert.Series} is normal again: give the one that opened it")
        : (Correction.Of(alert, feedback), alert.Source?.Topic ?? names.Observations(alert.Domain), alert.Source?.Partition);

    private static byte[] BytesOf(string file)
    {
        if (!string.Equals(file, StandardInput, StringComparison.Ordinal))
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : throw new DataFormatException(file, 0, null, "no such file");
        }

        using var input = Console.OpenStandardInput();
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        return copy.ToArray();
    }
}
