using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Detectors.Forests;

namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="ExtendedIsolationForestBatch"/>.</summary>
public sealed record ExtendedIsolationForestBatchOptions : DetectorOptions
{
    /// <summary>Trees, 1 to 1,000; default 100.</summary>
    [Range(1, 1_000)]
    public int Trees { get; init; } = 100;

    /// <summary>Rows a tree is grown from, 8 to 4,096; default 256.</summary>
    [Range(8, 4_096)]
    public int SampleSize { get; init; } = 256;

    /// <summary>Features beyond the first that a cut looks at, 0 to 1,000; default 1,000: all of them. 0 is the isolation forest.</summary>
    [Range(0, 1_000)]
    public int Level { get; init; } = 1_000;
}

/// <summary>Extended isolation forest (Hariri, Carrasco Kind, Brunner 2021) on standardised columns, for its cuts are slanted.</summary>
public sealed class ExtendedIsolationForestBatch(ExtendedIsolationForestBatchOptions options, ulong seed) : IBatchDetector<ExtendedIsolationForestBatch, ExtendedIsolationForestBatchOptions>
{
    private ExtendedIsolationForest? _forest;
    private Standardizer? _standardizer;
    private int _dimension;

    public static string Name => "extended-isolation-forest";

    public static string Summary => "Random trees that cut along slanted planes isolate the rare in few cuts.";

    public static bool Saturates => true;

    public static ExtendedIsolationForestBatch Create(ExtendedIsolationForestBatchOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        _standardizer = new Standardizer(new Table(rows, dimension));
        _dimension = dimension;
        _forest = new ExtendedIsolationForest(options.Trees, options.SampleSize, dimension, options.Level);
        _forest.Fit(_standardizer.Apply(rows), seed);
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        var forest = Fitted.Of(_forest);
        var scaled = _standardizer!.Apply(rows);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = forest.Score(scaled.AsSpan(i * _dimension, _dimension));
        }
    }
}
