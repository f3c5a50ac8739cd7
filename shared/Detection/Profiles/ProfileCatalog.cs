using System.Collections.Frozen;

namespace Tidewatch.Detection.Profiles;

/// <summary>Every named profile, a line each.</summary>
public static class ProfileCatalog
{
    public static IReadOnlyList<NamedProfile> All { get; } =
    [
        new AutoProfile(),
        new HostsProfile(),
        new IotProfile(),
        new NetworkProfile(),
        new PaymentsProfile(),
        new StocksProfile(),
        new UsersProfile(),
    ];

    private static readonly FrozenDictionary<string, NamedProfile> ByName = All.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The profile named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static NamedProfile Get(string name) => ByName.TryGetValue(name, out var profile)
        ? profile
        : throw new ArgumentException($"there is no profile '{name}'; there are {string.Join(", ", All.Select(p => p.Name))}", nameof(name));
}
