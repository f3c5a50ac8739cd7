namespace Tidewatch.Detection.Ensembles;

/// <summary>Every ensemble, a line each, with its defaults.</summary>
public static class EnsembleCatalog
{
    public static IReadOnlyList<Func<IEnsemble>> All { get; } =
    [
        () => new ConsensusEnsemble(),
        () => new TopMeanEnsemble(),
        () => new VotingEnsemble(),
        () => new WeightedEnsemble(),
    ];

    public static IEnumerable<string> Names => All.Select(create => create().Name);

    /// <summary>The ensemble named <paramref name="name"/>. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static IEnsemble Create(string name) => All.Select(create => create()).FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no ensemble '{name}'; there are {string.Join(", ", Names)}", nameof(name));
}
