namespace Tidewatch.Detection.Features;

/// <summary>Every feature, a line each.</summary>
public static class FeatureCatalog
{
    public static IReadOnlyList<IFeature> All { get; } =
    [
        new ValueFeature(),
        new ChangeFeature(),
        new LocalMeanFeature(),
    ];

    /// <summary>The feature named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static IFeature Get(string name) => All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no feature '{name}'; there are {string.Join(", ", All.Select(f => f.Name))}", nameof(name));
}
