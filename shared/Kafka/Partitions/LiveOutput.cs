using System.Text;
using System.Text.Json;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Kafka.Partitions;

/// <summary>What a live record causes, into the running transaction.</summary>
internal sealed class LiveOutput(IOutputLog output, TopicNames names) : IPartitionOutput
{
    private (string Stage, string Code, string Message)? _rejection;
    private PartitionTask? _task;

    public bool IsLive => true;

    /// <summary>Applies a record; what it causes counts for <paramref name="task"/>.</summary>
    public void Apply(PartitionTask task, in InputRecord record)
    {
        (_task, _rejection) = (task, null);
        task.Processor.Apply(record, this);
        if (_rejection is var (stage, code, message))
        {
            DeadLetter(task, record, stage, code, message, attempts: 1);
        }
    }

    public void Emit(Alert alert)
    {
        _task!.Alerted(alert.Id);
        output.Produce(names.Alerts, Encoding.UTF8.GetBytes(alert.Key), AlertCodec.Encode(alert), AlertCodec.Headers(alert));
    }

    public void Emit(ScorePoint point) =>
        output.Produce(names.Scores, Encoding.UTF8.GetBytes(point.Series), JsonSerializer.SerializeToUtf8Bytes(point, ContractJson.Default.ScorePoint), []);

    public void Reject(string stage, string code, string message) => _rejection = (stage, code, message);

    /// <summary>The record's own bytes and headers, with the reason beside them.</summary>
    public void DeadLetter(PartitionTask task, in InputRecord record, string stage, string code, string message, int attempts)
    {
        task.Rejected();
        var letter = new DeadLetter
        {
            Topic = task.Partition.Topic,
            Partition = task.Partition.Number,
            Offset = record.Offset,
            TimestampMs = record.TimestampMs,
            Stage = stage,
            Code = code,
            Message = message,
            Attempts = attempts,
            Key = record.Key.ToArray(),
            Value = record.Value.ToArray(),
        };
        output.Produce(names.DeadLetters, letter.Key, letter.Value, (record.Headers ?? []).Concat(DeadLetterCodec.Headers(letter)));
    }
}

/// <summary>Replay: everything was emitted before.</summary>
internal sealed class SilentOutput : IPartitionOutput
{
    public static readonly SilentOutput Instance = new();

    public bool IsLive => false;

    public void Emit(Alert alert)
    {
        // Emitted by the transaction that committed this offset.
    }

    public void Emit(ScorePoint point)
    {
        // As above.
    }

    public void Reject(string stage, string code, string message)
    {
        // As above.
    }
}
