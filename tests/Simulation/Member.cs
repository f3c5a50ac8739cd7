using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Tidewatch.Contracts.Processing;
using Tidewatch.Contracts.State;
using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Simulation;

/// <summary>A detector process: runs the product's loop on a thread of its own, one session after the other; a crash takes its memory.</summary>
public sealed class Member
{
    private readonly World _world;
    private readonly LoopOptions _options;
    private readonly ModelCrashMarks _marks;
    private PartitionLoop? _loop;
    private ulong _settings = ModelSettings.First;

    public Member(World world, string name)
    {
        (_world, Name, _marks) = (world, name, new ModelCrashMarks(world));
        _options = new LoopOptions
        {
            Group = World.Group,
            InstanceId = name,
            Topics = [World.Topic],
            CommitInterval = TimeSpan.FromMilliseconds(120),
            SnapshotInterval = TimeSpan.FromMilliseconds(400),
            DurableInterval = TimeSpan.FromMilliseconds(1_500),
            SnapshotBytes = 40,
            RetentionInterval = TimeSpan.FromMilliseconds(700),
            OffsetDeadline = TimeSpan.FromTicks(-1),
        };
        Thread = new Thread(Main, 256 * 1024) { IsBackground = true, Name = name };
        Thread.Start();
    }

    public string Name { get; }

    public Thread Thread { get; }

    /// <summary>Released by the scheduler for each turn.</summary>
    public SemaphoreSlim Go { get; } = new(0);

    public bool IsStopped { get; set; }

    /// <summary>SIGSTOP until then, in the model's time.</summary>
    public long SleepsUntilMs { get; set; }

    /// <summary>Snapshots of this and earlier sessions that did not lead to the state they name.</summary>
    public int Distrusted { get; private set; }

    /// <summary>Refusals of the running session.</summary>
    public IReadOnlyCollection<Refusal> Refusals { get; private set; } = [];

    /// <summary>State hashes of the partitions that this member holds live, up to their ends, with the settings they went through: a sleeper's old state does not count.</summary>
    public IEnumerable<(int Partition, ulong Hash, ConfigHistory Configs)> States() =>
        (_loop?.Tasks ?? [])
            .Where(t => !t.IsReplaying && !t.IsTouched && t.Committed == _world.Broker.Log(t.Partition.Topic, t.Partition.Number).End)
            .Select(t => (t.Partition.Number, t.Processor.StateHash(), t.Configs));

    /// <summary>The sabotage: what is applied but not committed, under the committed offset.</summary>
    public void SnapshotTooEarly()
    {
        foreach (var task in _loop!.Tasks.Where(t => t.IsTouched))
        {
            Snapshot(task, task.Identity);
        }
    }

    /// <summary>The sabotage: what was put in force but not committed, under the settings that are in force.</summary>
    public void SnapshotUncommittedSwitch()
    {
        foreach (var task in _loop!.Tasks.Where(t => t is { IsSettled: false, Configs.Entries.Count: > 1, IsReplaying: false, IsTouched: false }))
        {
            Snapshot(task, task.Identity with { ConfigHash = task.Configs.Entries[^2].Hash });
        }
    }

    private void Snapshot(PartitionTask task, PartitionIdentity identity)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        task.Processor.Save(bytes, SegmentRequest.Whole);
        var manifest = new SnapshotManifest
        {
            Identity = identity,
            Offset = task.Committed,
            ReplayFrom = task.Committed,
            Epoch = task.Epoch,
            SeriesCount = task.Processor.SeriesCount,
            StateHash = task.Processor.StateHash(),
            Segments = [SnapshotSegment.Of($"early-{task.Epoch}-{task.Next}", task.Committed, bytes.WrittenMemory)],
        };
        _ = _world.Durable.WriteAsync(new Snapshot(manifest, bytes.WrittenMemory), CancellationToken.None);
    }

    private void Main()
    {
        Go.Wait();
        Exception? failure = null;
        while (!IsStopped && failure is null)
        {
            try
            {
                Session();
            }
            catch (CrashException)
            {
                Crash();
            }
            catch (Exception e) when (e is SessionLostException or TransactionAbortedException)
            {
                _loop = null;
            }
            catch (Exception e)
            {
                failure = e;
            }
        }

        _world.Scheduler.Ended(failure);
    }

    /// <summary>Sometimes the group has noticed before the process is back, sometimes not: it is a static member.</summary>
    private void Crash()
    {
        _loop = null;
        _marks.Died();
        if (!IsStopped && _world.Scheduler.Next(2) == 0)
        {
            _world.Broker.Groups.Leave(Name);
        }
    }

    /// <summary>A session is a process that was started again here: it may have other settings.</summary>
    private void Reconfigure()
    {
        if (_world.Plan.Reconfigures && _world.Scheduler.Next(3) == 0)
        {
            _settings = ModelSettings.First + (ulong)_world.Scheduler.Next(ModelSettings.Kinds);
            _world.Scheduler.Note(this, $"has settings {_settings}");
        }
    }

    private void Session()
    {
        Reconfigure();
        using var meters = new SimulatedMeters();
        var time = new SimulatedTime(_world.Broker);
        var metrics = new LoopMetrics(meters);
        var tiers = new SnapshotTiers([_world.Fast, _world.Durable], metrics, NullLogger.Instance);
        using var output = new ModelOutputLog(_world, this);
        output.Initialize();
        using var input = new ModelInputLog(_world, this);
        var status = new LoopStatus(time);
        var restorer = new PartitionRestorer(
            _options, new ModelProgressLog(_world, this), tiers, new ModelSettingsStore(_world, this), (partition, _) => _world.Processor(partition.Number, _settings), time, NullLogger.Instance);
        _loop = new PartitionLoop(
            _options, _world.Names, input, output, restorer, new SnapshotWriter(tiers, _options, metrics, time, write => write()), _marks, status, metrics, time, NullLogger.Instance);
        while (!IsStopped)
        {
            var known = _loop.Distrusted;
            _loop.Turn();
            Distrusted += _loop.Distrusted - known;
            Refusals = status.Refusals;
        }
    }

    private sealed class SimulatedMeters : IMeterFactory
    {
        private readonly Meter _meter = new("model");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}
