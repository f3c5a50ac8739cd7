namespace Tidewatch.Detection.Profiles;

/// <summary>Counts of traffic: noise and rhythm multiply, counters that stand still are robots or broken.</summary>
public sealed class NetworkProfile : CountsProfile
{
    public override string Name => "network";

    public override string Summary => "Traffic counts, whose noise and rhythm multiply: calendar residual of the logarithm, and counts that stand still.";
}
