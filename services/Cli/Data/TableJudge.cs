using Tidewatch.Detection.Models;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Cli.Data;

/// <summary>Judges a row by the share of fitted rows that score less; learns nothing.</summary>
/// <param name="table">The fitted rows.</param>
/// <param name="threshold">Score from which a row is anomalous.</param>
internal sealed class TableJudge(FittedTable table, double threshold) : IRowJudge
{
    private readonly HysteresisThreshold _threshold = new(new ThresholdOptions { Threshold = threshold });
    private readonly double[] _raw = new double[1];

    public RowVerdict Judge(ReadOnlySpan<double> values, long timeMs)
    {
        table.Raw(values, _raw);
        var score = table.RankOf(_raw[0]);
        return new RowVerdict(score, _threshold.LevelOf(score), null);
    }
}
