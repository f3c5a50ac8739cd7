using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>What the detector sees of a log that lost records it had judged.</summary>
internal enum Truncation
{
    /// <summary>It returns, and its committed offset lies past the end.</summary>
    WhileDown,

    /// <summary>It returns when other records stand in the place of those lost, past its committed offset: the numbers fit, the records do not.</summary>
    WhileDownAndRegrown,

    /// <summary>It is at work when the leader changes.</summary>
    WhileUp,
}

/// <summary>The only broker with the newest records dies, and one that lags is elected leader: records that were judged and committed are gone. Never silent.</summary>
internal sealed class UncleanElectionRow(string number, Truncation truncation) : IFaultRow
{
    private const int Leader = 1;
    private const int Lagging = 2;

    public string Number => number;

    public string Name => "unclean leader election: " + truncation switch
    {
        Truncation.WhileDown => "the log ends before the committed offset",
        Truncation.WhileDownAndRegrown => "the log has grown past the committed offset again with other records",
        _ => "under a running detector",
    };

    public RigOptions Options => new() { Cluster = ClusterKind.Three, UncleanInputOn = [Leader, Lagging] };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        await rig.PauseAsync(1, 2);
        await rig.SettleAsync();
        var kept = rig.Feed.Written;
        rig.Cluster.Kafka.Stop(Lagging, kill: true);
        for (var round = 0; round < 5; round++)
        {
            await rig.Feed.SendRoundAsync();
        }

        await rig.RecoverAsync("the loss of the lagging broker");
        if (truncation != Truncation.WhileUp)
        {
            await rig.Members.TerminateAsync("a");
        }

        rig.Cluster.Kafka.Stop(Leader, kill: true);
        rig.Cluster.Kafka.Restart(Lagging);
        await rig.ExpectAsync(async () => await rig.InputEndsAsync() is { } ends && ends.SequenceEqual(kept), $"the log is cut back to {string.Join(' ', kept)}");
        if (truncation == Truncation.WhileDownAndRegrown)
        {
            await rig.WriteForeignAsync(rounds: 10);
        }

        if (truncation != Truncation.WhileUp)
        {
            rig.Members.Start("a");
        }

        await rig.RefusedAsync("LOG_TRUNCATED", "a");
    }
}
