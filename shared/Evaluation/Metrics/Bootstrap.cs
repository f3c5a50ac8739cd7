using Tidewatch.Detection.State;

namespace Tidewatch.Evaluation.Metrics;

/// <summary>A percentile interval of the area under the receiver operating characteristic over resampled rows (Efron 1979). Resampling rows supposes that they are independent: for series it is too narrow.</summary>
public readonly record struct Bootstrap(double Lower, double Upper)
{
    /// <summary>The interval over <paramref name="samples"/> resamples, both kinds of label present in each. The scores are sorted once: a resample costs a draw a row.</summary>
    /// <param name="labels">Labels, of both kinds.</param>
    /// <param name="scores">A score for each label.</param>
    /// <param name="samples">Resamples, at least 20; default 1,000.</param>
    /// <param name="confidence">Share of resamples inside, 0 to 1; default 0.95.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Bootstrap OfRocAuc(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, int samples = 1_000, double confidence = 0.95, ulong seed = 1)
    {
        Equal.Lengths(labels.Length, scores.Length);
        if (!labels.Contains(true) || !labels.Contains(false))
        {
            throw new ArgumentException("labels of both kinds are needed", nameof(labels));
        }

        var (random, values, places) = (new SeededRandom(seed), new double[samples], PlacesOf(labels, scores));
        var counts = new int[2 * labels.Length];
        for (var sample = 0; sample < samples; sample++)
        {
            do
            {
                Array.Clear(counts);
                for (var i = 0; i < places.Length; i++)
                {
                    counts[places[random.Next(places.Length)]]++;
                }

                values[sample] = Area(counts);
            }
            while (double.IsNaN(values[sample]));
        }

        Array.Sort(values);
        return new Bootstrap(values[(int)((1 - confidence) / 2 * (samples - 1))], values[(int)Math.Ceiling((1 + confidence) / 2 * (samples - 1))]);
    }

    /// <summary>For each row twice its score's rank among the distinct scores, from the lowest, and one more for an anomaly.</summary>
    private static int[] PlacesOf(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        var (sorted, order, places) = (scores.ToArray(), Enumerable.Range(0, scores.Length).ToArray(), new int[scores.Length]);
        Array.Sort(sorted, order);
        var rank = 0;
        for (var i = 0; i < order.Length; i++)
        {
            rank += i > 0 && sorted[i] != sorted[i - 1] ? 1 : 0;
            places[order[i]] = (2 * rank) + (labels[order[i]] ? 1 : 0);
        }

        return places;
    }

    /// <summary>Share of the pairs of an anomaly and another row in which the anomaly scores higher, ties half; NaN without both.</summary>
    private static double Area(ReadOnlySpan<int> counts)
    {
        var (pairs, normal, anomalies) = (0.0, 0L, 0L);
        for (var rank = 0; rank < counts.Length; rank += 2)
        {
            pairs += counts[rank + 1] * (normal + (counts[rank] / 2.0));
            normal += counts[rank];
            anomalies += counts[rank + 1];
        }

        return pairs / normal / anomalies;
    }
}
