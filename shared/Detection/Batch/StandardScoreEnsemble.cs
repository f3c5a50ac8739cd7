namespace Tidewatch.Detection.Batch;

/// <summary>Mean standardised score of several methods on standardised rows (Aggarwal, Sathe 2015).</summary>
/// <remarks>Standard scores, not ranks: a member that is sure of a row says so by how far it stands out, and ranks forget that.</remarks>
public abstract class StandardScoreEnsemble(IReadOnlyList<IBatchDetector> members) : IBatchDetector
{
    private const double Limit = 1e100;
    private readonly (double Mean, double Deviation)[] _past = new (double, double)[members.Count];
    private Standardizer? _standardizer;

    public void Fit(ReadOnlySpan<double> rows, int dimension) => FitScore(rows, dimension, new double[rows.Length / Math.Max(1, dimension)]);

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var scaled = Fitted.Of(_standardizer).Apply(rows);
        var own = new double[scores.Length];
        scores.Clear();
        for (var i = 0; i < members.Count; i++)
        {
            members[i].Score(scaled, own);
            AddStandardised(own, _past[i], scores);
        }
    }

    public void FitScore(ReadOnlySpan<double> rows, int dimension, Span<double> scores)
    {
        var standardizer = new Standardizer(new Table(rows, dimension));
        var scaled = standardizer.Apply(rows);
        scores.Clear();
        var own = new double[scores.Length];
        for (var i = 0; i < members.Count; i++)
        {
            members[i].FitScore(scaled, dimension, own);
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
            scores[i] += (Math.Clamp(own[i], -Limit, Limit) - past.Mean) * scale / members.Count;
        }
    }
}
