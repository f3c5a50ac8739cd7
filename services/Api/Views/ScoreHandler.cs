using System.Text.Json;
using Tidewatch.Api.Streaming;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Kafka;

namespace Tidewatch.Api.Views;

/// <summary>scores.v1 into <see cref="SeriesView"/> and on to whoever listens.</summary>
public sealed class ScoreHandler(SeriesView view, LiveFeed feed) : IRecordHandler
{
    public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            if (Decode(record.Value) is { } point && view.Add(point))
            {
                feed.Publish(point);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Null for bytes that are no point: the topic is this suite's own, so a foreign record is passed over like a tombstone.</summary>
    private static ScorePoint? Decode(byte[]? value)
    {
        try
        {
            return value is null ? null : JsonSerializer.Deserialize(value, ContractJson.Default.ScorePoint);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
