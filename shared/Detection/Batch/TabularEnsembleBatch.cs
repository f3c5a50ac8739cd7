namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="TabularEnsembleBatch"/>.</summary>
public sealed record TabularEnsembleBatchOptions : DetectorOptions
{
    /// <summary>Names of the members in the batch catalogue, at least one.</summary>
    public IReadOnlyList<string> Members { get; init; } = ["cblof", "isolation-forest", "mcd", "copod"];
}

/// <summary>Mean rank of several methods on standardised rows: the default for rows without time.</summary>
/// <remarks>A row's rank in a method is the share of fitted scores at or below its own, so that scales do not matter.</remarks>
public sealed class TabularEnsembleBatch(TabularEnsembleBatchOptions options, ulong seed) : IBatchDetector<TabularEnsembleBatch, TabularEnsembleBatchOptions>
{
    private readonly IBatchDetector[] _members = [.. options.Members.Select(m => BatchCatalog.Get(m).Create(seed))];
    private readonly double[][] _past = new double[options.Members.Count][];
    private Standardizer? _standardizer;

    public static string Name => "tabular-ensemble";

    public static string Summary => "Mean rank of several methods on standardised rows.";

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
            AddRanks(own, _past[i], scores);
        }
    }

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        var standardizer = new Standardizer(new Table(rows, dimension));
        var scaled = standardizer.Apply(rows);
        scores.Clear();
        for (var i = 0; i < _members.Length; i++)
        {
            var own = new double[scores.Length];
            _members[i].FitScore(scaled, dimension, own);
            _past[i] = [.. own.Order()];
            AddRanks(own, _past[i], scores);
        }

        _standardizer = standardizer;
    }

    private void AddRanks(ReadOnlySpan<double> own, double[] past, Span<double> scores)
    {
        for (var i = 0; i < own.Length; i++)
        {
            var (low, high) = (0, past.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = past[middle] <= own[i] ? (middle + 1, high) : (low, middle);
            }

            scores[i] += low / (double)past.Length / _members.Length;
        }
    }
}
