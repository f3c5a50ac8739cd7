using Tidewatch.Detection;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine;

namespace Tidewatch.Cli.Data;

/// <summary>Judges rows as the detector service judges the observations of a series: features, detectors, ensemble, threshold and learn gate of its settings.</summary>
internal sealed class PipelineJudge : IRowJudge
{
    private readonly DetectionPipeline _pipeline;
    private readonly int[] _order;
    private readonly double[] _values;

    /// <param name="rules">The detector's settings.</param>
    /// <param name="series">Id of the series: finds its profile and seeds every random choice.</param>
    /// <param name="names">Names of the values; several are judged in the order of their names, as the service does.</param>
    public PipelineJudge(EngineRules rules, string series, IReadOnlyList<string> names)
    {
        _pipeline = rules.NewPipeline(series, names.Count);
        _order = [.. Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal)];
        _values = new double[names.Count];
    }

    public RowVerdict Judge(ReadOnlySpan<double> values, long timeMs)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _values[i] = values[_order[i]];
        }

        var verdict = _pipeline.Observe(_values, timeMs);
        return new RowVerdict(verdict.Score, verdict.Level, verdict.HasExpectation ? verdict.Expectation : null);
    }
}
