namespace Tidewatch.Detection.Ensembles;

/// <summary>Every ensemble, a line each.</summary>
public static class EnsembleCatalog
{
    private static readonly SortedDictionary<string, Func<EnsembleOptions, IEnsemble>> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["consensus"] = o => new ConsensusEnsemble(o.Share),
        ["rank-average"] = _ => new RankAverageEnsemble(),
        ["stacking"] = o => new StackingEnsemble(o.Bias, o.Weights),
        ["top-mean"] = o => new TopMeanEnsemble(o.Top),
        ["voting"] = o => new VotingEnsemble(o.Vote),
        ["weighted"] = o => new WeightedEnsemble([.. o.Weights]),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The ensemble that <paramref name="options"/> name. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static IEnsemble Create(EnsembleOptions options) => All.TryGetValue(options.Name, out var create)
        ? create(options)
        : throw new ArgumentException($"there is no ensemble '{options.Name}'; there are {string.Join(", ", Names)}", nameof(options));
}
