using Tidewatch.Detection.State;

namespace Tidewatch.Simulation;

/// <summary>Lets one member run at a time and decides, at every point where a member waits for the outside, who runs next and what goes wrong.</summary>
public sealed class Scheduler(SimulationPlan plan, Model.ModelBroker broker) : IDisposable
{
    private const double SwitchChance = 0.25;
    private readonly SemaphoreSlim _back = new(0);
    private readonly List<Member> _members = [];
    private readonly List<(long DueMs, Action Action)> _later = [];
    private SeededRandom _random = new(plan.Seed);

    /// <summary>What happened, for a person who looks at a failing plan.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Faults so far.</summary>
    public int Faults { get; private set; }

    /// <summary>False in the last phase: the system must come to rest.</summary>
    public bool AllowsFaults { get; set; } = true;

    public Exception? Failure { get; private set; }

    public void Add(Member member) => _members.Add(member);

    public int Next(int bound) => _random.Next(bound);

    public void Note(Member member, string text) => Trace.Add($"{broker.NowMs % 10_000_000} {member.Name} {text}");

    /// <summary>Decides whether a fault of the given chance happens now.</summary>
    public bool Fault(double chance)
    {
        if (!AllowsFaults || Faults >= plan.MaxFaults || _random.NextDouble() >= chance)
        {
            return false;
        }

        Faults++;
        return true;
    }

    /// <summary>Does something at a later time of the model: a request that was on its way.</summary>
    public void Later(long delayMs, Action action) => _later.Add((broker.NowMs + delayMs, action));

    /// <summary>A member's point of waiting; called on its thread while it runs.</summary>
    public void Point(Member member)
    {
        broker.NowMs += _random.Next(12);
        if (Fault(0.004))
        {
            Note(member, "crashes");
            throw new CrashException();
        }

        if (Fault(0.003))
        {
            member.SleepsUntilMs = broker.NowMs + (_random.Next(3) == 0 ? 40_000 : 4_000);
            Note(member, $"stops until {member.SleepsUntilMs % 10_000_000}");
            GiveBack(member);
        }
        else if (_random.NextDouble() < SwitchChance)
        {
            GiveBack(member);
        }
    }

    /// <summary>Runs members in random turns until <paramref name="isDone"/> or the steps are used up; false for the latter.</summary>
    public bool Run(int steps, Func<bool> isDone)
    {
        for (var step = 0; step < steps && Failure is null; step++)
        {
            if (isDone())
            {
                return true;
            }

            broker.NowMs += _random.Next(20);
            Deliver();
            var awake = _members.Where(m => m.SleepsUntilMs <= broker.NowMs).ToList();
            if (awake.Count == 0)
            {
                broker.NowMs = _members.Min(m => m.SleepsUntilMs);
                continue;
            }

            var member = awake[_random.Next(awake.Count)];
            member.Go.Release();
            _back.Wait();
        }

        return isDone();
    }

    /// <summary>Ends every member's thread where it stands.</summary>
    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.IsStopped = true;
            member.Go.Release();
            member.Thread.Join();
        }

        _back.Dispose();
    }

    /// <summary>The member's thread hands over and waits for its next turn.</summary>
    public void GiveBack(Member member)
    {
        _back.Release();
        member.Go.Wait();
        if (member.IsStopped)
        {
            throw new CrashException();
        }
    }

    /// <summary>The member's thread is at its end.</summary>
    public void Ended(Exception? failure)
    {
        Failure ??= failure;
        _back.Release();
    }

    private void Deliver()
    {
        for (var i = _later.Count - 1; i >= 0; i--)
        {
            if (_later[i].DueMs <= broker.NowMs)
            {
                var action = _later[i].Action;
                _later.RemoveAt(i);
                action();
            }
        }
    }
}
