using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;

namespace Tidewatch.Faults.Oracle;

/// <summary>What one partition must show of the time when one configuration was in force, as the links of its chain say: the product's offline run over its records in one go.</summary>
internal sealed class Expectation
{
    private readonly List<ProgressRecord> _links;
    private readonly int _partition;
    private readonly ulong _config;
    private readonly List<(long Offset, string Id, string Content)> _alerts = [];
    private readonly List<long> _letters = [];
    private readonly Dictionary<long, ulong> _hashes = [];

    public Expectation(EngineScope scope, EngineRules rules, IReadOnlyList<ConsumeResult<byte[], byte[]>> input, IReadOnlyList<ProgressRecord> links)
    {
        (_links, _partition, _config) = ([.. links.OrderBy(l => l.From)], scope.Partition, rules.ConfigHash);
        if (_links.Exists(l => l.ConfigHash == _config))
        {
            Run(new OfflineRun(scope, rules) { OnAlert = a => _alerts.Add((a.Source!.Offset, a.Id, AlertContent.Of(a))), OnRejected = (offset, _) => _letters.Add(offset) }, input);
        }
    }

    public IEnumerable<(string Id, string Content)> Alerts => _alerts.Where(a => IsMine(a.Offset)).Select(a => (a.Id, a.Content));

    public IEnumerable<(long Partition, long Offset)> Letters => _letters.Where(IsMine).Select(o => ((long)_partition, o));

    public int Hashes => Hashed().Count();

    public int WrongHashes => Hashed().Count(l => !_hashes.TryGetValue(l.To, out var hash) || hash != l.StateHash);

    private void Run(OfflineRun run, IEnumerable<ConsumeResult<byte[], byte[]>> input)
    {
        var hashAt = Hashed().Select(l => l.To).ToHashSet();
        foreach (var record in input)
        {
            var offset = record.Offset.Value;
            run.Apply(new OfflineRecord(offset, record.Message.Timestamp.UnixTimestampMs, record.Message.Key, record.Message.Value));
            if (hashAt.Contains(offset + 1))
            {
                _hashes[offset + 1] = run.StateHash();
            }
        }

        run.Complete();
    }

    private IEnumerable<ProgressRecord> Hashed() => _links.Where(l => l.ConfigHash == _config && l.StateHash is not null);

    private bool IsMine(long offset) => (_links.FindLast(l => l.From <= offset) ?? _links[^1]).ConfigHash == _config;
}
