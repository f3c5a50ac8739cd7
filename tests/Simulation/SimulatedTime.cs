using Tidewatch.Simulation.Model;

namespace Tidewatch.Simulation;

/// <summary>The broker model's clock as a <see cref="TimeProvider"/>.</summary>
public sealed class SimulatedTime(ModelBroker broker) : TimeProvider
{
    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => broker.NowMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(broker.NowMs);
}
