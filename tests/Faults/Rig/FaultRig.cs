using System.Diagnostics;
using Tidewatch.Contracts.Topics;
using Tidewatch.Faults.Oracle;
using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>A suite under fault: servers, a topic that is fed, detectors as child processes, and what was measured.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const string Domain = "hosts";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, string> _settings;
    private readonly List<IReadOnlyDictionary<string, string>> _variants = [];
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<string> _violations = [];

    private FaultRig(string prefix, FaultPlan plan, RigOptions options, RowCluster cluster)
    {
        (Plan, Options, Cluster) = (plan, options, cluster);
        Random = new Random(plan.Seed);
        Topics = new Topics(cluster.Kafka.BootstrapServers, prefix);
        Input = Topics.Names.Observations(Domain);
        _settings = Settings(prefix, options, cluster);
        _variants.Add(_settings);
        Members = new Members(_settings);
        Feed = new ObservationFeed(cluster.Kafka.BootstrapServers, Input, new FaultInput(plan.Seed, options.Partitions, options.BadTimes, options.Corrections), options.Partitions);
        Progress = new ProgressWatch(cluster.Kafka.BootstrapServers, Topics.Names.Progress, Input);
    }

    public FaultPlan Plan { get; }

    public RigOptions Options { get; }

    public RowCluster Cluster { get; }

    public Random Random { get; }

    public Topics Topics { get; }

    /// <summary>The input topic.</summary>
    public string Input { get; }

    public string Group => $"{Topics.Prefix}.detector";

    public Members Members { get; }

    public ObservationFeed Feed { get; }

    public ProgressWatch Progress { get; }

    /// <summary>Faults done.</summary>
    public int Faults { get; private set; }

    public IReadOnlyList<TimeSpan> Recoveries => _recoveries;

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Set once the run was held against the offline run.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>A remark for the table.</summary>
    public string Note { get; set; } = "";

    public static async Task<FaultRig> StartAsync(string prefix, FaultPlan plan, RigOptions options)
    {
        var cluster = await RowCluster.StartAsync(options);
        var topics = new Topics(cluster.Kafka.BootstrapServers, prefix);
        await topics.CreateAsync(
            options.Partitions, (short)cluster.Kafka.Brokers, options.UncleanInputOn is { Count: > 0 } brokers ? InputTopicAdmin.Unclean(topics.Names.Observations(Domain), options.Partitions, brokers) : null);
        return new FaultRig(prefix, plan, options, cluster);
    }

    /// <summary>Begins to feed, starts <paramref name="members"/>, and waits until they keep up and each has a share.</summary>
    public Task BeginAsync(params string[] members) => BeginAsync(new Dictionary<string, string>(StringComparer.Ordinal), members);

    /// <summary>The same with settings that differ from the rig's.</summary>
    public async Task BeginAsync(IReadOnlyDictionary<string, string> more, params string[] members)
    {
        Feed.Start(Options.Rate);
        Members.Start(more, members);
        await ExpectAsync("the start", Patience);
        await ExpectAsync(() => Task.FromResult(members.All(m => Enumerable.Range(0, Options.Partitions).Any(p => Progress.Last(p)?.Owner == m))), "every member has a partition");
    }

    /// <summary>Starts members whose settings differ from the rig's; the offline run then follows the configuration that each link names.</summary>
    public void StartWith(IReadOnlyDictionary<string, string> more, params IEnumerable<string> names)
    {
        _variants.Add(_settings.Concat(more).GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal));
        Members.Start(more, names);
    }

    /// <summary>Kills a member and starts it again at once.</summary>
    public async Task RestartAsync(string name)
    {
        await Members.KillAsync(name);
        Members.Start(name);
    }

    /// <summary>Counts a fault and waits until every partition has committed what was written up to now; the time from now to there is the recovery.</summary>
    public async Task RecoverAsync(string fault)
    {
        Faults++;
        if (await ExpectAsync(fault, Patience) is { } recovery)
        {
            _recoveries.Add(recovery);
        }
    }

    /// <summary>Counts a fault of which nothing is to be waited for.</summary>
    public void Count() => Faults++;

    public void Violate(string what) => _violations.Add(what);

    public void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            Violate(otherwise);
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds; a violation when it does not in time.</summary>
    public async Task ExpectAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(100))
        {
            if (clock.Elapsed > (patience ?? Patience))
            {
                Violate($"{what}: not within {(patience ?? Patience).TotalSeconds} s");
                return;
            }
        }
    }

    /// <summary>A random time.</summary>
    public Task PauseAsync(double fromSeconds, double toSeconds) => Task.Delay(TimeSpan.FromSeconds(fromSeconds + (Random.NextDouble() * (toSeconds - fromSeconds))));

    /// <summary>Ends the input, waits until all of it is committed and a link carries the state's hash at its very end, and holds everything against an offline run.</summary>
    public async Task<Verdict> SettleAsync()
    {
        await Feed.StopAsync();
        await ExpectAsync("the end of the input", Patience);
        for (var attempt = 0; attempt < 20 && !Enumerable.Range(0, Options.Partitions).All(p => Progress.Last(p)?.StateHash is not null); attempt++)
        {
            await Task.Delay(SnapshotInterval * 1.2);
            await Feed.SendRoundAsync();
            await ExpectAsync("the last observations", Patience);
        }

        foreach (var fallen in Members.Fallen)
        {
            Violate($"{fallen} ended by itself");
        }

        Verdict = await Judge.VerdictAsync(this, _variants);
        _violations.AddRange(Verdict.Violations);
        return Verdict;
    }

    /// <summary>Waits until a member refuses for <paramref name="reason"/>, says so in health, metrics and log, and publishes nothing more.</summary>
    public async Task RefusedAsync(string reason, string member)
    {
        Faults++;
        await ExpectAsync(() => Task.FromResult(Members[member].Output.Contains($"refused {reason}", StringComparison.Ordinal)), $"refusal {reason} in the log");
        await ExpectAsync(async () => await Members[member].DownAsync() is { } down && down.Contains("partitions"), $"health names partitions for {reason}");
        await ExpectAsync(async () => (await Members[member].MetricsAsync()).Any(m => m.StartsWith($"tidewatch_refusals_total{{reason=\"{reason}\"}}", StringComparison.Ordinal)), $"metric of {reason}");
        var refused = Enumerable.Range(0, Options.Partitions).Where(p => Members[member].Output.Contains($"refused {reason} {Input} [{p}]", StringComparison.Ordinal)).ToHashSet();
        var links = Progress.Links.Count(l => refused.Contains(l.Partition));
        await Task.Delay(1_500);
        Expect(refused.Count > 0 && Progress.Links.Count(l => refused.Contains(l.Partition)) == links, $"refusal {reason} of {refused.Count} partitions: links went on");
        Note = refused.Count > 0 ? $"refused {reason}" : "";
    }

    public async ValueTask DisposeAsync()
    {
        await Members.DisposeAsync();
        await Progress.DisposeAsync();
        await Feed.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private async Task<TimeSpan?> ExpectAsync(string after, TimeSpan patience)
    {
        var mark = Feed.Written;
        var reached = await Progress.ReachAsync(mark, patience) ?? await ReachAfterAbortAsync(mark, patience);
        if (reached is null)
        {
            Violate($"after {after}: not caught up within {patience.TotalSeconds} s (wanted {string.Join(' ', mark)}, committed {string.Join(' ', mark.Select((_, p) => Progress.Last(p)?.To ?? 0))})");
        }

        return reached;
    }

    /// <summary>Does what detectors ask an operator for when a broker has left transactions that nothing will end; null where there are none, or it did not help.</summary>
    private async Task<TimeSpan?> ReachAfterAbortAsync(IReadOnlyList<long> mark, TimeSpan patience)
    {
        if (!Members.Log.Contains("an open transaction has held back", StringComparison.Ordinal) || Cluster.Kafka.AbortHangingTransactions() is not (> 0 and var ended))
        {
            return null;
        }

        Note = $"{Note} transactions without a marker in {ended} partitions, named by the detectors, aborted by hand".TrimStart();
        return await Progress.ReachAsync(mark, patience) + patience;
    }

    private static Dictionary<string, string> Settings(string prefix, RigOptions options, RowCluster cluster)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Kafka:BootstrapServers"] = cluster.ForDetectors,
            ["Kafka:TopicPrefix"] = prefix,
            ["Kafka:Partitions"] = $"{options.Partitions}",
            ["Kafka:ReplicationFactor"] = $"{cluster.Kafka.Brokers}",
            ["Redis:Configuration"] = cluster.RedisForDetectors,
            ["Redis:KeyPrefix"] = prefix,
            ["Redis:Timeout"] = "00:00:01",
            ["Detector:Detector"] = "z-score",
            ["Detector:Window"] = "40",
            ["Detector:WarmUp"] = "20",
            ["Detector:Profiles:0:Match"] = "forest/*",
            ["Detector:Profiles:0:Detector"] = "isolation-forest",
            ["Detector:Profiles:0:Window"] = "64",
            ["Detector:Profiles:0:WarmUp"] = "32",
            ["Detector:Profiles:1:Match"] = "trees/*",
            ["Detector:Profiles:1:Detector"] = "half-space-trees",
            ["Detector:Domains:0"] = Domain,
            ["Detector:CommitInterval"] = "00:00:00.100",
            ["Detector:SnapshotInterval"] = SnapshotInterval.ToString("c"),
            ["Detector:SessionTimeout"] = "00:00:06",
            ["Output:Folder"] = Directory.CreateTempSubdirectory("tidewatch-faults-").FullName,
        };
        foreach (var (key, value) in options.Settings)
        {
            settings[key] = value;
        }

        return settings;
    }
}
