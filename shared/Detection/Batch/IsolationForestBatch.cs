using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="IsolationForestBatch"/>; defaults of Liu, Ting, Zhou 2008.</summary>
public sealed record IsolationForestBatchOptions : DetectorOptions
{
    /// <summary>Trees, 1 to 1,000; default 100.</summary>
    [Range(1, 1_000)]
    public int Trees { get; init; } = 100;

    /// <summary>Rows a tree is grown from, 8 to 4,096; default 256.</summary>
    [Range(8, 4_096)]
    public int SampleSize { get; init; } = 256;
}

/// <summary>Isolation forest (Liu, Ting, Zhou 2008): the score is 2^(-E(h)/c(n)), the paper's equation 2.</summary>
public sealed class IsolationForestBatch(IsolationForestBatchOptions options, ulong seed) : IBatchDetector<IsolationForestBatch, IsolationForestBatchOptions>, IAdditiveBatch
{
    private double[] _rows = [];
    private IsolationForest? _forest;

    public static string Name => "isolation-forest";

    public static string Summary => "Random trees isolate the rare in few cuts.";

    public static IsolationForestBatch Create(IsolationForestBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        var table = new Table(rows, dimension);
        var random = new SeededRandom(seed);
        _forest = new IsolationForest(options.Trees, options.SampleSize, dimension);
        _rows = rows.ToArray();
        _forest.Fit(rows, new int[table.Count], ref random);
    }

    public double Contribute(ReadOnlySpan<double> row, Span<double> contributions) => ForestContribution.Of(Fitted.Of(_forest), _rows, row, contributions);

    public void Score(ReadOnlySpan<double> rows, Span<double> scores) => Fitted.Of(_forest).Score(rows, scores);
}
