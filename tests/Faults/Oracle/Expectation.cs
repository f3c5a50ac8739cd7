using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Engine;

namespace Tidewatch.Faults.Oracle;

/// <summary>What one partition must show of the time when one configuration was in force, as the links of its chain say.</summary>
internal sealed class Expectation
{
    private readonly List<ProgressRecord> _links;
    private readonly int _partition;
    private readonly ulong _config;
    private readonly OfflineRun? _run;

    public Expectation(EngineScope scope, EngineRules rules, IReadOnlyList<ConsumeResult<byte[], byte[]>> input, IReadOnlyList<ProgressRecord> links)
    {
        (_links, _partition, _config) = ([.. links.OrderBy(l => l.From)], scope.Partition, rules.ConfigHash);
        if (Mine().Any())
        {
            _run = new OfflineRun(scope, rules, input, Hashed().Select(l => l.To).ToHashSet());
        }
    }

    public IEnumerable<(string Id, string Content)> Alerts => _run?.Alerts.Where(a => IsMine(a.Offset)).Select(a => (a.Id, a.Content)) ?? [];

    public IEnumerable<(long Partition, long Offset)> Letters => _run?.Letters.Where(IsMine).Select(o => ((long)_partition, o)) ?? [];

    public int Hashes => Hashed().Count();

    public int WrongHashes => Hashed().Count(l => !_run!.Hashes.TryGetValue(l.To, out var hash) || hash != l.StateHash);

    private IEnumerable<ProgressRecord> Mine() => _links.Where(l => l.ConfigHash == _config);

    private IEnumerable<ProgressRecord> Hashed() => Mine().Where(l => l.StateHash is not null);

    private bool IsMine(long offset) => (_links.FindLast(l => l.From <= offset) ?? _links[^1]).ConfigHash == _config;
}
