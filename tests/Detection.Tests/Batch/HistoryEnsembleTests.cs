using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>Each member of the ensemble sees what the other cannot; together they see both.</summary>
public sealed class HistoryEnsembleTests
{
    private const int Rows = 400;

    /// <summary>Two clouds far apart along x, in each of them y follows x closely.</summary>
    private static double[] History()
    {
        var random = new SeededRandom(7);
        var rows = new double[2 * Rows];
        for (var i = 0; i < Rows; i++)
        {
            var x = (i % 2 == 0 ? -4 : 4) + random.NextDouble() - 0.5;
            (rows[2 * i], rows[(2 * i) + 1]) = (x, x + (0.02 * (random.NextDouble() - 0.5)));
        }

        return rows;
    }

    [Theory]
    [InlineData(4.0, 4.3, "y left x: within each feature's range and close to other rows")]
    [InlineData(0.0, 0.0, "between the clouds: at the very mean")]
    public void Rows_that_either_member_finds_stand_above_all_of_history(double x, double y, string because)
    {
        var (history, own) = (History(), new double[Rows]);
        var ensemble = BatchCatalog.Get("history-ensemble").Create(1);
        ensemble.FitScore(history, 2, own);
        var score = new double[1];

        ensemble.Score([x, y], score);

        score[0].ShouldBeGreaterThan(own.Max(), because);
    }
}
