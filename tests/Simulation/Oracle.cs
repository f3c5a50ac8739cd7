using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>What must be true at rest: E1 nothing lost, E2 nothing twice, E3 the state of an offline run, E4 an unbroken audit chain.</summary>
public sealed class Oracle(World world) : IPartitionOutput
{
    private readonly List<string> _expected = [];
    private readonly List<(int Partition, long Offset)> _rejected = [];
    private (int Partition, long Offset) _at;
    private bool _isMine;

    public bool IsLive => true;

    /// <summary>Every violation, in words; empty when the promise was kept.</summary>
    public IReadOnlyList<string> Violations(IReadOnlyList<Member> members)
    {
        var lives = OfflineRuns();
        var found = new List<string>();
        var alerts = world.Broker.Visible(world.Names.Alerts).Select(r => AlertCodec.TryDecode(r.Value, out var alert, out var error) ? alert! : throw new InvalidOperationException(error)).ToList();
        Compare("alert", _expected, [.. alerts.Select(a => a.Id)], found);
        Compare("dead letter", [.. _rejected.Select(r => $"{r.Partition}/{r.Offset}")], [.. world.Broker.Visible(world.Names.DeadLetters).Select(Position)], found);
        foreach (var (partition, hash, configs) in members.SelectMany(m => m.States()))
        {
            var offline = OfflineRun(partition, configs, _ => false).StateHash();
            found.AddRange(hash == offline ? [] : [$"E3: partition {partition} has state {hash:x16}, an offline run {offline:x16}"]);
            found.AddRange(lives.GetValueOrDefault(partition) is { } last && configs.Last.From < world.Broker.Log(World.Topic, partition).End && !configs.Entries.SequenceEqual(last.Configs.Entries) ? [$"E4: partition {partition} went through other settings than its chain says"] : []);
        }

        found.AddRange(members.Where(m => m.Distrusted > 0).Select(m => $"E3: {m.Distrusted} snapshots did not lead to the state they name"));
        var auditor = new ProgressAuditor();
        ModelProgressLog.Links(world).ToList().ForEach(auditor.Add);
        alerts.ForEach(auditor.Add);
        found.AddRange(auditor.Breaks().Select(b => $"E4: {b.Kind} {b.Detail}"));
        return found;
    }

    public void Emit(Alert alert)
    {
        if (_isMine)
        {
            _expected.Add(alert.Id);
        }
    }

    public void Emit(ScorePoint point) => throw new NotSupportedException("the model emits none");

    public void Reject(string stage, string code, string message)
    {
        if (_isMine)
        {
            _rejected.Add(_at);
        }
    }

    /// <summary>Everything that the committed chains explain; the last life of each partition.</summary>
    private Dictionary<int, StateLife> OfflineRuns()
    {
        var last = new Dictionary<int, StateLife>();
        foreach (var (_, partition) in world.Broker.InputPartitions)
        {
            foreach (var life in StateLife.Of(ModelProgressLog.Links(world).Where(l => l.Partition == partition)))
            {
                OfflineRun(partition, life.Configs, life.Has);
                last[partition] = life;
            }
        }

        return last;
    }

    /// <summary>The same records through the same processor, under the settings of a history, without Kafka and without faults; what cannot be applied becomes a dead letter, and so does what the chain says was left out, if it was rightly.</summary>
    private CountingProcessor OfflineRun(int partition, ConfigHistory configs, Func<long, bool> isMine)
    {
        var log = world.Broker.Log(World.Topic, partition);
        var skipped = ModelProgressLog.Links(world).Where(l => l.Partition == partition).SelectMany(l => l.Skipped ?? []).ToHashSet();
        var processor = new CountingProcessor(World.TopicId, partition, Sabotage.None, () => 0, configs.Entries[0].Hash);
        for (long offset = 0; offset < log.End; offset++)
        {
            Configure(processor, configs, offset);
            var record = log.At(offset);
            (_at, _isMine) = ((partition, offset), isMine(offset));
            if (skipped.Contains(offset) && world.IsDeadly(partition, offset, record.LeaderEpoch))
            {
                Reject("apply", "", "");
                continue;
            }

            processor.Begin();
            try
            {
                processor.Apply(new InputRecord(offset, record.TimestampMs, record.Key, record.Value), this);
                processor.Commit();
            }
            catch (Exception e) when (e is InvalidOperationException or CrashException)
            {
                processor.Rollback();
                Reject("apply", "", "");
            }
        }

        Configure(processor, configs, log.End);
        return processor;
    }

    private static void Configure(CountingProcessor processor, ConfigHistory configs, long offset)
    {
        foreach (var entry in configs.Entries.Skip(1).Where(e => e.From == offset))
        {
            processor.Configure(ModelSettings.Text(entry.Hash));
        }
    }

    private static void Compare(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual, List<string> found)
    {
        var (want, have) = (expected.CountBy(e => e).ToDictionary(), actual.CountBy(e => e).ToDictionary());
        found.AddRange(want.Where(w => have.GetValueOrDefault(w.Key) < w.Value).Select(w => $"E1: {what} {w.Key} is missing"));
        found.AddRange(have.Where(h => want.GetValueOrDefault(h.Key) < h.Value).Select(h => $"E2: {what} {h.Key} is there {h.Value} times, not {want.GetValueOrDefault(h.Key)}"));
    }

    private static string Position(Model.ModelRecord record)
    {
        string Header(string name) => System.Text.Encoding.UTF8.GetString(record.Headers.First(h => string.Equals(h.Key, DeadLetterCodec.Prefix + name, StringComparison.Ordinal)).Value);
        return $"{Header("partition")}/{Header("offset")}";
    }
}
