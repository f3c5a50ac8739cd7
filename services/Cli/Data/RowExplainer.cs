using System.Globalization;
using Tidewatch.Detection;
using Tidewatch.Detection.Explanations;

namespace Tidewatch.Cli.Data;

/// <summary>Says in words which values made a row anomalous and what would have been normal.</summary>
/// <param name="names">Names of the values.</param>
internal sealed class RowExplainer(IReadOnlyList<string> names)
{
    private const double Least = 0.005;
    private const double Rate = 0.002;
    private readonly double[] _normal = new double[names.Count];
    private long _count;

    /// <summary>Takes an ordinary row into what is normal: a mean that forgets.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        _count++;
        for (var i = 0; i < _normal.Length; i++)
        {
            _normal[i] += (values[i] - _normal[i]) * Math.Max(Rate, 1.0 / _count);
        }
    }

    /// <summary>Contributions as shares from the largest, and the nearest normal row; both before the row is learned.</summary>
    public (string Why, string? NearestNormal) Explain(IDetector detector, in Sample sample, double threshold)
    {
        var normal = Normal(detector);
        var (explanation, timeMs, values) = (Explanation.Of(detector, sample, normal), sample.TimeMs, sample.Values.ToArray());
        var shares = explanation.Shares();
        var order = Enumerable.Range(0, shares.Length).Where(i => shares[i] >= Least).OrderByDescending(i => shares[i]);
        var why = string.Join(", ", order.Select(i => $"{names[i]} {shares[i]:0%}"));
        var nearest = Counterfactual.Find(v => detector.Score(new Sample(v, timeMs)), values, normal, explanation.Contributions, threshold);
        return (why, nearest is null ? null : string.Join(", ", Enumerable.Range(0, values.Length).Where(i => nearest[i] != values[i]).Select(i => string.Create(CultureInfo.InvariantCulture, $"{names[i]} {nearest[i]:G6}"))));
    }

    /// <summary>The detector's own expectation where it has one, else the running mean.</summary>
    private double[] Normal(IDetector detector) => [.. _normal.Select((mean, i) => detector.TryExpect(i, out var expectation) ? expectation.Center : mean)];
}
