using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="TabularEnsembleBatch"/>.</summary>
public sealed record TabularEnsembleBatchOptions : DetectorOptions, IValidatableObject
{
    private const int MostMembers = 32;

    /// <summary>Names of the members in the batch catalogue, 1 to 32; default one of each family: partitions, clusters, neighbours.</summary>
    public IReadOnlyList<string> Members { get; init; } = [IsolationForestBatch.Name, CblofBatch.Name, KnnBatch.Name];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Members is not { Count: >= 1 and <= MostMembers })
        {
            return [new ValidationResult($"Members must name 1 to {MostMembers} batch detectors")];
        }

        return Members.Where(m => !BatchCatalog.All.Any(e => string.Equals(e.Name, m, StringComparison.OrdinalIgnoreCase)))
            .Select(m => new ValidationResult($"there is no batch detector '{m}'; there are {string.Join(", ", BatchCatalog.All.Select(e => e.Name))}"));
    }
}

/// <summary>Mean standardised score of isolation forest, clusters and neighbours on standardised rows: the default for rows without time among which the anomalies hide.</summary>
public sealed class TabularEnsembleBatch(TabularEnsembleBatchOptions options, ulong seed)
    : StandardScoreEnsemble([.. options.Members.Select(m => Member(m, seed))]), IBatchDetector<TabularEnsembleBatch, TabularEnsembleBatchOptions>
{
    /// <summary>What members are set to within the ensemble: smoother than alone, so that what the seed decides averages out.</summary>
    private static readonly Dictionary<string, DetectorOptions> Tuned = new(StringComparer.OrdinalIgnoreCase)
    {
        [IsolationForestBatch.Name] = new IsolationForestBatchOptions { Trees = 400 },
        [CblofBatch.Name] = new CblofBatchOptions { Clusters = 16 },
        [KnnBatch.Name] = new KnnBatchOptions { Neighbors = 50 },
    };

    public static string Name => "tabular-ensemble";

    public static string Summary => "Mean standardised score of isolation forest, clusters and neighbours on standardised rows.";

    public static TabularEnsembleBatch Create(TabularEnsembleBatchOptions options, ulong seed) => new(options, seed);

    private static IBatchDetector Member(string name, ulong seed)
    {
        var entry = BatchCatalog.Get(name);
        return entry.Create(Tuned.GetValueOrDefault(entry.Name) ?? entry.Defaults(), seed);
    }
}
