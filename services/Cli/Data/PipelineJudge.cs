using Tidewatch.Detection;

namespace Tidewatch.Cli.Data;

/// <summary>Judges rows as the detector service judges the observations of a series: features, detectors, ensemble, threshold and learn gate of its settings.</summary>
internal sealed class PipelineJudge : IRowJudge
{
    private readonly DetectionPipeline _pipeline;
    private readonly int[] _order;
    private readonly double[] _values;

    /// <param name="pipeline">Judges and learns.</param>
    /// <param name="names">Names of the values; several are judged in the order of their names, as the service does.</param>
    public PipelineJudge(DetectionPipeline pipeline, IReadOnlyList<string> names)
    {
        _pipeline = pipeline;
        _order = [.. Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal)];
        _values = new double[names.Count];
    }

    /// <summary>Whether a detector had learned enough to score the last row.</summary>
    public bool IsWarm { get; private set; }

    public RowVerdict Judge(ReadOnlySpan<double> values, long timeMs)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _values[i] = values[_order[i]];
        }

        var verdict = _pipeline.Observe(_values, timeMs);
        IsWarm = verdict.Driver >= 0;
        return new RowVerdict(verdict.Score, verdict.Level, verdict.HasExpectation && _order[verdict.Feature] == 0 ? verdict.Expectation : null);
    }
}
