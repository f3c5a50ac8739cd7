namespace Tidewatch.Simulation.Model;

/// <summary>One partition: records, control markers, the last stable offset, and a start that retention moves.</summary>
public sealed class ModelLog(string topic, int partition)
{
    private readonly List<ModelRecord> _records = [];

    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>First offset still there.</summary>
    public long Start { get; private set; }

    /// <summary>Next offset to be written.</summary>
    public long End => _records.Count;

    /// <summary>Elections so far.</summary>
    public int LeaderEpoch { get; private set; }

    /// <summary>The furthest end that an election took away; 0 where none did.</summary>
    public long LongestLost { get; private set; }

    /// <summary>First offset of an open transaction, else the end: read_committed readers see nothing from here on.</summary>
    public long LastStable => _records.Find(r => r.Offset >= Start && r is { IsControl: false, Transaction.State: TransactionState.Open })?.Offset ?? End;

    public long Append(byte[]? key, byte[]? value, IEnumerable<KeyValuePair<string, byte[]>> headers, ModelTransaction? transaction, long nowMs)
    {
        transaction?.Touch(this);
        _records.Add(new ModelRecord(End, key, value, nowMs, transaction, IsControl: false, [.. headers], LeaderEpoch));
        return End - 1;
    }

    public void AppendControl(ModelTransaction transaction, long nowMs) =>
        _records.Add(new ModelRecord(End, null, null, nowMs, transaction, IsControl: true, [], LeaderEpoch));

    /// <summary>The first record at or after <paramref name="from"/> that a read_committed reader sees now; null at the last stable offset.</summary>
    public ModelRecord? Next(long from)
    {
        var stable = LastStable;
        for (var offset = Math.Max(from, Start); offset < stable; offset++)
        {
            var record = _records[(int)offset];
            if (record is { IsControl: false } && record.Transaction?.State is null or TransactionState.Committed)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The entry at <paramref name="offset"/>, whatever it is, also below <see cref="Start"/>.</summary>
    public ModelRecord At(long offset) => _records[(int)offset];

    /// <summary>Where the records of an election and those before it end: what a leader says to OffsetForLeaderEpoch.</summary>
    public long EndOf(int leaderEpoch) => _records.Find(r => r.LeaderEpoch > leaderEpoch)?.Offset ?? End;

    /// <summary>Everything a read_committed reader sees now.</summary>
    public IEnumerable<ModelRecord> Visible()
    {
        for (var next = Next(Start); next is not null; next = Next(next.Offset + 1))
        {
            yield return next;
        }
    }

    /// <summary>An unclean election: the new leader does not have the last <paramref name="records"/> records, acknowledged as they were.</summary>
    public void Lose(int records)
    {
        LeaderEpoch++;
        LongestLost = Math.Max(LongestLost, End);
        _records.RemoveRange(_records.Count - records, records);
    }

    /// <summary>Retention: offsets below <paramref name="offset"/> are gone.</summary>
    public void TruncateBelow(long offset) => Start = Math.Clamp(offset, Start, End);
}
