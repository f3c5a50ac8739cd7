using Tidewatch.Evaluation.Synthetic.Domains;

namespace Tidewatch.Evaluation.Synthetic;

/// <summary>Every synthetic domain, a line each.</summary>
public static class SyntheticCatalog
{
    public static IReadOnlyList<SyntheticDomain> All { get; } =
    [
        new PaymentsDomain(),
        new IotDomain(),
        new NetworkDomain(),
        new UsersDomain(),
    ];

    /// <summary>The domain named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static SyntheticDomain Get(string name) => All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no synthetic domain '{name}'; there are {string.Join(", ", All.Select(d => d.Name))}", nameof(name));
}
