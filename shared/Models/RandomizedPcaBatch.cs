using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using Microsoft.ML.Data;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;

namespace Tidewatch.Models;

/// <summary>Options of <see cref="RandomizedPcaBatch"/>.</summary>
public sealed record RandomizedPcaOptions : DetectorOptions
{
    /// <summary>Components, 1 to 100; default 1. At most one fewer than there are features.</summary>
    [Range(1, 100)]
    public int Rank { get; init; } = 1;

    /// <summary>Components beyond the rank that the random projection takes, 0 to 100; default 20.</summary>
    [Range(0, 100)]
    public int Oversampling { get; init; } = 20;
}

/// <summary>ML.NET's randomised principal components (Halko, Martinsson, Tropp 2011) on standardised columns: share of a row's length that lies outside of them.</summary>
/// <remarks>One feature has no plane to lie in: a column of ones is set beside it. A table in which ML.NET finds no components, such as equal rows, scores 0 throughout.</remarks>
public sealed class RandomizedPcaBatch(RandomizedPcaOptions options, ulong seed) : IBatchDetector<RandomizedPcaBatch, RandomizedPcaOptions>
{
    private const double Limit = 1e6;
    private readonly MLContext _context = new((int)(seed & int.MaxValue));
    private ITransformer? _model;
    private bool _isFitted;
    private double[] _mean = [];
    private double[] _unit = [];

    public static string Name => "randomized-pca";

    public static string Summary => "ML.NET's randomised principal components: share of a row outside of their plane.";

    public static RandomizedPcaBatch Create(RandomizedPcaOptions options, ulong seed) => new(options, seed);

    public void Fit(ReadOnlySpan<double> rows, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (rows.IsEmpty || rows.Length % dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} values are no table of {dimension} columns", nameof(rows));
        }

        Standardize(rows, dimension);
        var trainer = _context.AnomalyDetection.Trainers.RandomizedPca(
            nameof(Row.Features), rank: Math.Min(options.Rank, Math.Max(1, Width - 1)), oversampling: options.Oversampling, ensureZeroMean: true, seed: (int)(seed & int.MaxValue));
        try
        {
            (_model, _isFitted) = (trainer.Fit(View(rows)), true);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName is "eigenVectors")
        {
            (_model, _isFitted) = (null, true);
        }
    }

    public void Score(ReadOnlySpan<double> rows, Span<double> scores)
    {
        if (!_isFitted)
        {
            throw new InvalidOperationException("the model was not fitted: call Fit first");
        }

        if (_model is null)
        {
            scores.Clear();
            return;
        }

        var i = 0;
        foreach (var score in _model.Transform(View(rows)).GetColumn<float>("Score"))
        {
            scores[i++] = float.IsFinite(score) ? score : 0;
        }
    }

    private int Width => Math.Max(2, _mean.Length);

    private void Standardize(ReadOnlySpan<double> rows, int dimension)
    {
        (_mean, _unit) = (new double[dimension], new double[dimension]);
        var count = rows.Length / dimension;
        for (var i = 0; i < rows.Length; i++)
        {
            _mean[i % dimension] += rows[i] / count;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var difference = rows[i] - _mean[i % dimension];
            _unit[i % dimension] += difference * difference / count;
        }

        for (var column = 0; column < dimension; column++)
        {
            _unit[column] = _unit[column] > 0 && double.IsFinite(_unit[column]) ? Math.Sqrt(_unit[column]) : 1;
        }
    }

    private IDataView View(ReadOnlySpan<double> rows)
    {
        var list = new Row[rows.Length / _mean.Length];
        for (var i = 0; i < list.Length; i++)
        {
            var features = new float[Width];
            Array.Fill(features, 1);
            for (var column = 0; column < _mean.Length; column++)
            {
                features[column] = (float)Math.Clamp((rows[(i * _mean.Length) + column] - _mean[column]) / _unit[column], -Limit, Limit);
            }

            list[i] = new Row { Features = features };
        }

        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        return _context.Data.LoadFromEnumerable(list, schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
