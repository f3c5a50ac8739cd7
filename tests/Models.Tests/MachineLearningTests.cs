using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Models.Tests;

public sealed class MachineLearningTests
{
    /// <summary>Rows on a line and one far from it: the line is the first component, the share outside of it the score.</summary>
    [Fact]
    public void RandomizedPca_RowsOnALine_FindsTheRowBesideIt()
    {
        var (random, rows) = (new SeededRandom(2), new double[300]);
        for (var i = 0; i < rows.Length; i += 3)
        {
            var along = random.NextNormal();
            (rows[i], rows[i + 1], rows[i + 2]) = (along + (0.05 * random.NextNormal()), (2 * along) + (0.05 * random.NextNormal()), -along);
        }

        (rows[150], rows[151], rows[152]) = (1, -2, 1);
        var (model, again) = (RandomizedPcaBatch.Create(new RandomizedPcaOptions(), 1), RandomizedPcaBatch.Create(new RandomizedPcaOptions(), 1));
        var (scores, same) = (new double[100], new double[100]);
        model.Fit(rows, 3);
        model.Score(rows, scores);
        again.Fit(rows, 3);
        again.Score(rows, same);
        Array.IndexOf(scores, scores.Max()).ShouldBe(50);
        scores.ShouldAllBe(s => s >= 0 && s <= 1);
        same.ShouldBe(scores);
    }

    [Fact]
    public void RandomizedPca_DegenerateTables_StayFinite()
    {
        double[][] tables = [[5, 5], [.. Enumerable.Repeat(3.0, 60)], [.. Enumerable.Range(0, 60).Select(i => i % 2 * 1e-150)], [.. Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? i : 7) * 1e140)]];
        foreach (var (table, dimension) in tables.SelectMany(t => new[] { (t, 1), (t, 2) }))
        {
            var (model, scores) = (RandomizedPcaBatch.Create(new RandomizedPcaOptions(), 1), new double[table.Length / dimension]);
            model.Fit(table, dimension);
            model.Score(table, scores);
            scores.ShouldAllBe(s => double.IsFinite(s));
        }
    }

    [Fact]
    public void RandomizedPca_OnAStream_WarmsUpAndLoads()
    {
        var entry = ModelCatalog.Detectors.Single(d => d.Name == "randomized-pca");
        var (detector, copy, random) = (entry.Create(entry.Defaults(), new SeriesContext(2, 1)), entry.Create(entry.Defaults(), new SeriesContext(2, 1)), new SeededRandom(3));
        for (var i = 0; i < 200; i++)
        {
            var value = random.NextNormal();
            detector.Learn(new Sample([value, value + (0.1 * random.NextNormal())], i));
        }

        var writer = new StateWriter();
        detector.Save(writer);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        detector.IsWarm.ShouldBeTrue();
        copy.Score(new Sample([1, -1], 200)).ShouldBe(detector.Score(new Sample([1, -1], 200)));
        detector.Raw(new Sample([1, -1], 200)).ShouldBeGreaterThan(detector.Raw(new Sample([1, 1], 200)));
    }

    /// <summary>Of three detectors the first is right, the second is noise, the third is wrong: stacking learns whom to trust.</summary>
    [Fact]
    public void Stacking_LabelledScores_TrustsTheOneThatIsRight()
    {
        var (random, labels, scores) = (new SeededRandom(4), new bool[400], new double[1_200]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = random.NextDouble() < 0.3;
            var truth = labels[i] ? 0.7 : 0.3;
            (scores[i * 3], scores[(i * 3) + 1], scores[(i * 3) + 2]) = (truth + (0.1 * random.NextNormal()), random.NextDouble(), 1 - truth + (0.2 * random.NextNormal()));
        }

        var ensemble = StackingTrainer.Train(scores, labels);
        ensemble.Weights[0].ShouldBeGreaterThan(1);
        Math.Abs(ensemble.Weights[1]).ShouldBeLessThan(ensemble.Weights[0] / 2);
        ensemble.Weights[2].ShouldBeLessThan(0);
        ensemble.Combine([0.8, 0.5, 0.2]).ShouldBeGreaterThan(0.8);
        ensemble.Combine([0.2, 0.5, 0.8]).ShouldBeLessThan(0.2);
        ensemble.Combine([0.8], [0]).ShouldBe(1 / (1 + Math.Exp(-ensemble.Bias - (0.8 * ensemble.Weights[0]))), 1e-12);
        Should.Throw<ArgumentException>(() => StackingTrainer.Train([0.1, 0.2], [true, true])).Message.ShouldContain("labels of both kinds");
    }

    [Fact]
    public void Include_ModelDetectors_AreFoundByName()
    {
        ModelCatalog.Include();
        ModelCatalog.Include();
        DetectorCatalog.Get("ONNX").Name.ShouldBe("onnx");
        DetectorCatalog.Get("z-score").Name.ShouldBe("z-score");
        Should.Throw<ArgumentException>(() => DetectorCatalog.Get("nope")).Message.ShouldContain("onnx");
    }
}
