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

/// <summary>Mean standardised score of several methods on standardised rows (Aggarwal, Sathe 2015): the default for rows without time.</summary>
/// <remarks>Standard scores, not ranks: a member that is sure of a row says so by how far it stands out, and ranks forget that.</remarks>
public sealed class TabularEnsembleBatch(TabularEnsembleBatchOptions options, ulong seed) : IBatchDetector<TabularEnsembleBatch, TabularEnsembleBatchOptions>
{
    private const double Limit = 1e100;

    /// <summary>What members are set to within the ensemble: smoother than alone, so that what the seed decides averages out.</summary>
    private static readonly Dictionary<string, DetectorOptions> Tuned = new(StringComparer.OrdinalIgnoreCase)
    {
        [IsolationForestBatch.Name] = new IsolationForestBatchOptions { Trees = 400 },
        [CblofBatch.Name] = new CblofBatchOptions { Clusters = 16 },
        [KnnBatch.Name] = new KnnBatchOptions { Neighbors = 50 },
    };

    private readonly IBatchDetector[] _members = [.. options.Members.Select(m => BatchCatalog.Get(m)).Select(e => e.Create(Tuned.GetValueOrDefault(e.Name) ?? e.Defaults(), seed))];
    private readonly (double Mean, double Deviation)[] _past = new (double, double)[options.Members.Count];
    private Standardizer? _standardizer;

    public static string Name => "tabular-ensemble";

    public static string Summary => "Mean standardised score of isolation forest, clusters and neighbours on standardised rows.";

    public static TabularEnsembleBatch Create(TabularEnsembleBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension) => FitScore(rows, dimension, new double[rows.Length / Math.Max(1, dimension)]);

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var scaled = Fitted.Of(_standardizer).Apply(rows);
        var own = new double[scores.Length];
        scores.Clear();
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Score(scaled, own);
            AddStandardised(own, _past[i], scores);
        }
    }

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        var standardizer = new Standardizer(new Table(rows, dimension));
        var scaled = standardizer.Apply(rows);
        scores.Clear();
        var own = new double[scores.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].FitScore(scaled, dimension, own);
            _past[i] = MomentsOf(own);
            AddStandardised(own, _past[i], scores);
        }

        _standardizer = standardizer;
    }

    private static (double Mean, double Deviation) MomentsOf(double[] scores)
    {
        var mean = scores.Average(s => Math.Clamp(s, -Limit, Limit));
        return (mean, Math.Sqrt(scores.Average(s => Math.Pow(Math.Clamp(s, -Limit, Limit) - mean, 2))));
    }

    private void AddStandardised(ReadOnlySpan<double> own, (double Mean, double Deviation) past, Span<double> scores)
    {
        var scale = past.Deviation > 0 ? 1 / past.Deviation : 1;
        for (var i = 0; i < own.Length; i++)
        {
            scores[i] += (Math.Clamp(own[i], -Limit, Limit) - past.Mean) * scale / _members.Length;
        }
    }
}
