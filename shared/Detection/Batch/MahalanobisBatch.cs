using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Explanations;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="MahalanobisBatch"/>.</summary>
public sealed record MahalanobisBatchOptions : DetectorOptions
{
    /// <summary>Share of the mean variance added to the diagonal when the covariance cannot be inverted, 0 to 1; default 1e-6.</summary>
    [Range(0, 1)]
    public double Ridge { get; init; } = 1e-6;
}

/// <summary>Squared Mahalanobis distance (1936) from the mean under the population covariance.</summary>
public sealed class MahalanobisBatch(MahalanobisBatchOptions options) : IBatchDetector<MahalanobisBatch, MahalanobisBatchOptions>, IAdditiveBatch
{
    private Gaussian? _gaussian;

    public static string Name => "mahalanobis";

    public static string Summary => "Squared distance from the mean in the metric of the covariance.";

    public static MahalanobisBatch Create(MahalanobisBatchOptions options, ulong seed) => new(options);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        var gaussian = new Gaussian(dimension);
        gaussian.Fit(table, []);
        gaussian.Factor(options.Ridge);
        _gaussian = gaussian;
    }

    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions)
    {
        Fitted.Of(_gaussian).Contribute(row, contributions);
        return 0;
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Fitted.Of(_gaussian).SquaredDistances(rows, scores);
}
