using Microsoft.ML;
using Microsoft.ML.Data;
using Tidewatch.Detection.Ensembles;

namespace Tidewatch.Models;

/// <summary>Trains the weights of <see cref="StackingEnsemble"/> on labels by ML.NET's logistic regression (L-BFGS).</summary>
public static class StackingTrainer
{
    /// <summary>Trains on labelled observations.</summary>
    /// <param name="scores">Row-major: the score of each detector for each observation.</param>
    /// <param name="labels">Whether each observation was an anomaly; both kinds must be there. Throws <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="l2">Strength of the L2 penalty, at least 0; default 0.01.</param>
    public static StackingEnsemble Train(ReadOnlySpan<double> scores, IReadOnlyList<bool> labels, float l2 = 0.01f)
    {
        var detectors = labels.Count == 0 ? 0 : scores.Length / labels.Count;
        if (detectors == 0 || detectors * labels.Count != scores.Length || labels.Distinct().Count() < 2)
        {
            throw new ArgumentException($"{scores.Length} scores and {labels.Count} labels, {labels.Count(l => l)} of them anomalies, cannot be learned from: give a score of each detector for every label, and labels of both kinds", nameof(labels));
        }

        var rows = new Row[labels.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var features = new float[detectors];
            for (var k = 0; k < detectors; k++)
            {
                features[k] = (float)scores[(i * detectors) + k];
            }

            rows[i] = new Row { Features = features, Label = labels[i] };
        }

        var context = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, detectors);
        var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Row.Label), nameof(Row.Features), l1Regularization: 0, l2Regularization: l2);
        var model = trainer.Fit(context.Data.LoadFromEnumerable(rows, schema)).Model.SubModel;
        return new StackingEnsemble(model.Bias, [.. model.Weights.Select(w => (double)w)]);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
