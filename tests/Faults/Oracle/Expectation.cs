using Confluent.Kafka;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;
using Tidewatch.Kafka.Audit;

namespace Tidewatch.Faults.Oracle;

/// <summary>What one partition must show of one life of its state: the product's offline run over its records in one go, which changes its settings where the chain says.</summary>
internal sealed class Expectation
{
    private readonly StateLife _life;
    private readonly int _partition;
    private readonly List<(long Offset, string Id, string Content)> _alerts = [];
    private readonly List<long> _letters = [];
    private readonly Dictionary<long, ulong> _hashes = [];

    public Expectation(EngineScope scope, IReadOnlyDictionary<ulong, EngineRules> rules, IReadOnlyList<ConsumeResult<byte[], byte[]>> input, StateLife life)
    {
        (_life, _partition) = (life, scope.Partition);
        var run = new OfflineRun(scope, rules[life.Configs.Entries[0].Hash]) { OnAlert = a => _alerts.Add((a.Source!.Offset, a.Id, AlertContent.Of(a))), OnRejected = (offset, _) => _letters.Add(offset) };
        Run(run, rules, input);
    }

    public IEnumerable<(string Id, string Content)> Alerts => _alerts.Where(a => _life.Has(a.Offset)).Select(a => (a.Id, a.Content));

    public IEnumerable<(long Partition, long Offset)> Letters => _letters.Where(_life.Has).Select(o => ((long)_partition, o));

    public int Hashes => _life.Links.Count(l => l.StateHash is not null);

    public int WrongHashes => _life.Links.Count(l => l.StateHash is { } hash && (!_hashes.TryGetValue(l.To, out var offline) || offline != hash));

    private void Run(OfflineRun run, IReadOnlyDictionary<ulong, EngineRules> rules, IEnumerable<ConsumeResult<byte[], byte[]>> input)
    {
        var hashAt = _life.Links.Where(l => l.StateHash is not null).Select(l => l.To).ToHashSet();
        var ahead = _life.Configs.Entries.Skip(1).ToList();
        foreach (var record in input)
        {
            var offset = record.Offset.Value;
            for (; ahead.Count > 0 && ahead[0].From <= offset; ahead.RemoveAt(0))
            {
                run.Configure(rules[ahead[0].Hash]);
            }

            run.Apply(new OfflineRecord(offset, record.Message.Timestamp.UnixTimestampMs, record.Message.Key, record.Message.Value));
            if (hashAt.Contains(offset + 1))
            {
                _hashes[offset + 1] = run.StateHash();
            }
        }

        run.Complete();
    }
}
