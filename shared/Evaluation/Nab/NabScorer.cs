namespace Tidewatch.Evaluation.Nab;

/// <summary>Scores detectors as the Numenta Anomaly Benchmark v1.1 does: one threshold for all files, the best of all distinct scores.</summary>
public sealed class NabScorer
{
    private readonly NabCorpus _corpus;
    private readonly NabWeights[] _weights;
    private readonly int _windows;

    public NabScorer(NabCorpus corpus)
    {
        _corpus = corpus;
        _weights = [.. corpus.Series.Select(s => new NabWeights(s))];
        _windows = corpus.Series.Sum(s => s.Windows.Count);
    }

    /// <summary>The best threshold's result for every profile of the corpus. <paramref name="scores"/>: a score for each row of each file; higher is more anomalous, NaN is none.</summary>
    public IReadOnlyList<NabResult> Score(IReadOnlyList<double[]> scores)
    {
        var order = Descending(scores);
        return [.. _corpus.Profiles.Select(p => ScoreAt(p, BestThreshold(p, scores, order), scores))];
    }

    /// <summary>The result at a threshold chosen before.</summary>
    public NabResult ScoreAt(NabProfile profile, double threshold, IReadOnlyList<double[]> scores)
    {
        var files = _corpus.Series.Select((series, f) => ScoreFile(profile, threshold, series, _weights[f], scores[f])).ToArray();
        return new NabResult(profile.Name, Normalise(profile, files.Sum(f => f.Points)), threshold, files.Sum(f => f.WindowsFound), files.Sum(f => f.FalseRows), files);
    }

    /// <summary>0 for <paramref name="total"/> points of silence, 100 for every window found at its first row and nothing else.</summary>
    internal double Normalise(NabProfile profile, double total)
    {
        var nothing = -profile.FalseNegative * _windows;
        var perfect = profile.TruePositive * _windows;
        return _windows == 0 ? 0 : 100 * (total - nothing) / (perfect - nothing);
    }

    private static NabFileResult ScoreFile(NabProfile profile, double threshold, NabSeries series, NabWeights weights, double[] scores)
    {
        var best = new double[series.Windows.Count];
        Array.Fill(best, double.NegativeInfinity);
        var (points, falseRows) = (0.0, 0);
        for (var row = series.Probation; row < scores.Length; row++)
        {
            if (!(scores[row] >= threshold))
            {
                continue;
            }

            if (weights.Window[row] is >= 0 and var window)
            {
                best[window] = Math.Max(best[window], weights.Weight[row]);
                continue;
            }

            falseRows++;
            points += weights.Weight[row] * profile.FalsePositive;
        }

        points += best.Sum(b => double.IsNegativeInfinity(b) ? -profile.FalseNegative : b * profile.TruePositive);
        return new NabFileResult(series.Name, best.Length, best.Count(b => !double.IsNegativeInfinity(b)), falseRows, points);
    }

    private double BestThreshold(NabProfile profile, IReadOnlyList<double[]> scores, (int File, int Row)[] order)
    {
        var found = _corpus.Series.Select(s => Enumerable.Repeat(-profile.FalseNegative, s.Windows.Count).ToArray()).ToArray();
        var total = -profile.FalseNegative * _windows;
        var (best, threshold) = (total, double.PositiveInfinity);
        for (var i = 0; i < order.Length; i++)
        {
            var (file, row) = order[i];
            var weight = _weights[file].Weight[row];
            if (_weights[file].Window[row] is >= 0 and var window)
            {
                var gain = Math.Max(0, (weight * profile.TruePositive) - found[file][window]);
                found[file][window] += gain;
                total += gain;
            }
            else
            {
                total += weight * profile.FalsePositive;
            }

            var score = scores[file][row];
            var isLastOfEquals = i + 1 == order.Length || scores[order[i + 1].File][order[i + 1].Row] < score;
            if (isLastOfEquals && total > best)
            {
                (best, threshold) = (total, score);
            }
        }

        return threshold;
    }

    private (int File, int Row)[] Descending(IReadOnlyList<double[]> scores)
    {
        if (scores.Count != _corpus.Series.Count)
        {
            throw new ArgumentException($"scores for {_corpus.Series.Count} files were expected, there are {scores.Count}", nameof(scores));
        }

        var rows = new List<(int File, int Row)>();
        for (var file = 0; file < scores.Count; file++)
        {
            var series = _corpus.Series[file];
            if (scores[file].Length != series.Values.Length)
            {
                throw new ArgumentException($"{series.Name} has {series.Values.Length} rows, there are {scores[file].Length} scores", nameof(scores));
            }

            for (var row = series.Probation; row < series.Values.Length; row++)
            {
                if (!double.IsNaN(scores[file][row]))
                {
                    rows.Add((file, row));
                }
            }
        }

        var order = rows.ToArray();
        Array.Sort(Array.ConvertAll(order, r => -scores[r.File][r.Row]), order);
        return order;
    }
}
