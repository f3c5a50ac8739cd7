namespace Tidewatch.Engine.Settings;

/// <summary>Which series are of one kind, so that a new one may begin with what another has learned.</summary>
public enum CohortRule
{
    /// <summary>None: each series learns alone.</summary>
    None,

    /// <summary>All series of a profile entry, with the same features.</summary>
    Profile,

    /// <summary>Of those, the ones whose ids end with the same part, as in <c>host-7/cpu</c> or <c>eu.orders.latency</c>; parts are divided by <c>/ . : |</c>.</summary>
    LastPart,
}
