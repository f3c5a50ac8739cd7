using Confluent.Kafka;
using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The request that ends a transaction is sent, the connection breaks before the answer, and it reaches the broker seconds later, when the client has long gone on (finding 1, protocol line 15).</summary>
/// <remarks>Twice at least: the client tells of the first broken connection, not of the same again soon after.</remarks>
internal sealed class DelayedEndTxnRow : IFaultRow
{
    public string Number => "8";

    public string Name => "EndTxn delayed past the client's reconnect";

    public bool IsShort => true;

    public RigOptions Options => new() { Cluster = ClusterKind.Proxied, HoldsEndTxn = true };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a");
        var answers = new SortedSet<ErrorCode>();
        for (var round = 0; round < 1 + rig.Plan.Times(5); round++)
        {
            await rig.PauseAsync(0.5, 1.5);
            var deliver = await rig.Cluster.Holder!.ArmAsync();
            await rig.RecoverAsync("the broken EndTxn");
            await rig.PauseAsync(0.1, 1);
            answers.Add((ErrorCode)await deliver());
            await rig.RecoverAsync("the late EndTxn");
        }

        rig.Note = $"the broker's answer to the late request: {string.Join(", ", answers)}";
    }
}
