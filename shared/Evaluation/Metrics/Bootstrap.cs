using Tidewatch.Detection.State;

namespace Tidewatch.Evaluation.Metrics;

/// <summary>A percentile interval of a metric over resampled rows (Efron 1979). Resampling rows supposes that they are independent: for series it is too narrow.</summary>
public readonly record struct Bootstrap(double Lower, double Upper)
{
    /// <summary>The interval of <paramref name="metric"/> over <paramref name="samples"/> resamples, both kinds of label present in each.</summary>
    /// <param name="labels">Labels, of both kinds.</param>
    /// <param name="scores">A score for each label.</param>
    /// <param name="metric">The metric, such as the area under a curve.</param>
    /// <param name="samples">Resamples, at least 20; default 1,000.</param>
    /// <param name="confidence">Share of resamples inside, 0 to 1; default 0.95.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Bootstrap Of(bool[] labels, double[] scores, Func<bool[], double[], double> metric, int samples = 1_000, double confidence = 0.95, ulong seed = 1)
    {
        Equal.Lengths(labels.Length, scores.Length);
        if (!labels.Contains(true) || !labels.Contains(false))
        {
            throw new ArgumentException("labels of both kinds are needed", nameof(labels));
        }

        var (random, values) = (new SeededRandom(seed), new double[samples]);
        var (drawnLabels, drawnScores) = (new bool[labels.Length], new double[labels.Length]);
        for (var sample = 0; sample < samples; sample++)
        {
            do
            {
                for (var i = 0; i < labels.Length; i++)
                {
                    var row = random.Next(labels.Length);
                    (drawnLabels[i], drawnScores[i]) = (labels[row], scores[row]);
                }
            }
            while (!drawnLabels.Contains(true) || !drawnLabels.Contains(false));
            values[sample] = metric(drawnLabels, drawnScores);
        }

        Array.Sort(values);
        return new Bootstrap(values[(int)((1 - confidence) / 2 * (samples - 1))], values[(int)Math.Ceiling((1 + confidence) / 2 * (samples - 1))]);
    }
}
