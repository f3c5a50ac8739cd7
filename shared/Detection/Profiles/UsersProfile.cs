namespace Tidewatch.Detection.Profiles;

/// <summary>Counts of what people do: strong days and weekends, noise that multiplies, robots that repeat.</summary>
public sealed class UsersProfile : CountsProfile
{
    public override string Name => "users";

    public override string Summary => "Activity of people with strong days and weekends: calendar residual of the logarithm, and counts that repeat.";
}
