using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>The network between the detectors and one server is disturbed for a while, by toxiproxy.</summary>
/// <param name="number">Number in the matrix.</param>
/// <param name="name">What is done.</param>
/// <param name="target"><c>kafka</c> or <c>redis</c>.</param>
/// <param name="toxic">toxiproxy's kind of fault; <c>cut</c> closes every connection and refuses new ones.</param>
/// <param name="attributes">Of the kind.</param>
/// <param name="seconds">How long.</param>
/// <param name="isShort">Whether every test run takes it.</param>
/// <param name="direction"><c>upstream</c> to the server, <c>downstream</c> from it; null for both.</param>
internal sealed class NetworkRow(string number, string name, string target, string toxic, object attributes, int seconds, bool isShort = false, string? direction = null) : IFaultRow
{
    public string Number => number;

    public string Name => name;

    public bool IsShort => isShort;

    public RigOptions Options => new() { Cluster = target == "kafka" ? ClusterKind.Proxied : ClusterKind.One, ProxiesRedis = target == "redis" };

    public async Task RunAsync(FaultRig rig)
    {
        await rig.BeginAsync("a", "b");
        for (var round = 0; round < rig.Plan.Times(2); round++)
        {
            await rig.PauseAsync(0.5, 2);
            if (toxic == "cut")
            {
                await rig.Cluster.Proxy!.CutAsync(target);
            }
            else
            {
                await rig.Cluster.Proxy!.DisturbAsync(target, toxic, attributes, direction);
            }

            await Task.Delay(TimeSpan.FromSeconds(seconds));
            await rig.Cluster.Proxy.HealAsync();
            await rig.RecoverAsync($"{name} was healed");
        }
    }
}
