using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Stages;

/// <summary>At most one group per domain and interval; what comes in between waits for its turn, listed up to a limit and counted beyond.</summary>
public sealed class GroupStage : IStage, IAsyncDisposable
{
    /// <summary>Alerts that a group lists; more are only counted.</summary>
    public const int Listed = 20;

    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly PeriodicTimer _timer;
    private readonly Task _ticks;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, Waiting> _groups = new(StringComparer.Ordinal);
    private Next? _next;
    private int _batch;
    private int _oldestWaiting;

    public GroupStage(TimeSpan interval, TimeProvider time)
    {
        _interval = interval;
        _time = time;
        _timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        _ticks = interval > TimeSpan.Zero ? TickAsync() : Task.CompletedTask;
    }

    /// <summary>How many of the newest batches reach back to the oldest that has an alert waiting here; 0 where none waits.</summary>
    public int Unsettled => Volatile.Read(ref _oldestWaiting) is var oldest and > 0 ? _batch - oldest + 1 : 0;

    /// <summary>The alerts that come now are of a new batch.</summary>
    public void BeginBatch() => _batch++;

    public async Task RunAsync(AlertGroup group, Next next, CancellationToken cancellationToken)
    {
        if (_interval == TimeSpan.Zero)
        {
            await next(group, cancellationToken);
            return;
        }

        if (_ticks.IsFaulted)
        {
            await _ticks;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            _next = next;
            foreach (var alert in group.Alerts)
            {
                GroupOf(alert.Domain).Add(alert, _batch);
            }

            await SendDueAsync(everything: false, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sends what waits, if the channel takes it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ticks;
        await FlushAsync(everything: true);
    }

    private async Task TickAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            await FlushAsync(everything: false);
        }
    }

    private async Task FlushAsync(bool everything)
    {
        // Someone who is sending already will do what is due.
        if (!await _one.WaitAsync(everything ? Timeout.InfiniteTimeSpan : TimeSpan.Zero))
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(everything ? 3 : 60));
            await SendDueAsync(everything, limit.Token);
        }
        catch (Exception e) when (e is ChannelAwayException or OperationCanceledException)
        {
            // Still waiting; the retry stage has told the health check.
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task SendDueAsync(bool everything, CancellationToken cancellationToken)
    {
        try
        {
            await SendDueGroupsAsync(everything, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _oldestWaiting, _groups.Values.Where(w => w.Alerts.Count > 0).Select(w => w.Batch).DefaultIfEmpty().Min());
        }
    }

    private async Task SendDueGroupsAsync(bool everything, CancellationToken cancellationToken)
    {
        foreach (var waiting in _groups.Values.Where(w => w.Alerts.Count > 0))
        {
            var now = _time.GetUtcNow();
            var worst = waiting.Alerts.Max(a => a.Severity);
            var due = now >= waiting.NextAt;
            if (everything || due || worst > waiting.Sent)
            {
                await _next!(new AlertGroup([.. waiting.Alerts], waiting.More), cancellationToken);
                waiting.Clear(now + _interval, worst);
            }
        }
    }

    private Waiting GroupOf(string domain) => _groups.TryGetValue(domain, out var group) ? group : _groups[domain] = new Waiting();

    private sealed class Waiting
    {
        public List<Alert> Alerts { get; } = [];

        public int More { get; private set; }

        /// <summary>The batch that the first of them came with.</summary>
        public int Batch { get; private set; }

        public DateTimeOffset NextAt { get; private set; }

        public Severity Sent { get; private set; }

        /// <summary>Lists the alert; when the list is full a worse one takes the place of a milder one.</summary>
        public void Add(Alert alert, int batch)
        {
            if (Alerts.Count == 0)
            {
                Batch = batch;
            }

            if (Alerts.Exists(a => string.Equals(a.Id, alert.Id, StringComparison.Ordinal)))
            {
                return;
            }

            if (Alerts.Count < Listed)
            {
                Alerts.Add(alert);
                return;
            }

            More++;
            var milder = Alerts.FindLastIndex(a => a.Severity < alert.Severity);
            if (milder >= 0)
            {
                Alerts[milder] = alert;
            }
        }

        public void Clear(DateTimeOffset nextAt, Severity sent)
        {
            Alerts.Clear();
            (More, NextAt, Sent) = (0, nextAt, sent);
        }
    }
}
