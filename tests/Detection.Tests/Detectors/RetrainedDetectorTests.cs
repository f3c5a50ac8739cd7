using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Detectors.Retrained;
using Xunit;

namespace Tidewatch.Detection.Tests.Detectors;

public sealed class RetrainedDetectorTests
{
    /// <summary>The statistic is the batch score of the last 200 rows, shifted by their median and divided by its distance to their 99th percentile.</summary>
    [Fact]
    public void Raw_AfterTheWindowTurned_EqualsTheBatchModelOnTheWindow()
    {
        var table = Oracle.Table();
        var options = new RetrainedOptions<KnnBatchOptions> { Window = 200, WarmUp = 100, RetrainEvery = 1 };
        var detector = RetrainedDetector<KnnBatch, KnnBatchOptions>.Create(options, new SeriesContext(3, 1));
        for (var i = 0; i < 470; i++)
        {
            detector.Learn(new Sample(table.AsSpan(i * 3, 3), i));
        }

        IBatchDetector model = new KnnBatch(options.Model, 1);
        var fitted = new double[200];
        model.FitScore(table.AsSpan(270 * 3, 600), 3, fitted);
        Array.Sort(fitted);
        for (var i = 470; i < 500; i++)
        {
            var score = new double[1];
            model.Score(table.AsSpan(i * 3, 3), score);
            detector.Raw(new Sample(table.AsSpan(i * 3, 3), i)).ShouldBe(Math.Max(0, (score[0] - fitted[100]) / (fitted[197] - fitted[100])), 1e-12);
        }
    }
}
