using Shouldly;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Protocols;

namespace Tidewatch.Evaluation.Tests.Protocols;

/// <summary>
/// scikit-learn 1.2.1 on the same rows: F1 .850 over seeds 0 to 29, .837 over seeds 100 to 199, below .7 for one seed in 22
/// (the threshold is a percentile of training scores that hold three other failures); AUC .990.
/// </summary>
public sealed class MachineTemperatureTests
{
    private static readonly Lazy<MachineTemperature> Protocol = new(() => new MachineTemperature(NabCorpus.Load(LabelledData.Require("nab")).Only([MachineTemperature.File]).Series[0]));

    [Fact]
    public void Forest_TwentySeeds_IsTheReferences()
    {
        Protocol.Value.TrainRows.ShouldBe(18_148);
        Protocol.Value.TestRows.ShouldBe(4_538);
        var runs = Enumerable.Range(1, 20).Select(s => Protocol.Value.Forest((ulong)s)).ToArray();
        runs.Select(r => r.Confusion.F1).Order().ElementAt(10).ShouldBeInRange(0.85, 0.89);
        runs.Average(r => r.RocAuc).ShouldBeGreaterThan(0.985);
    }

    /// <summary>The published .850 +- .041 over 30 seeds, by scikit-learn's trees grown again from its seeds.</summary>
    [Fact]
    public void ScikitForest_SeedsOfTheReference_GiveItsFigures()
    {
        var runs = Enumerable.Range(0, 30).Select(s => Protocol.Value.ScikitForest((uint)s)).ToArray();
        runs.Average(r => r.Confusion.F1).ShouldBe(0.850, 0.001);
        runs.Average(r => r.RocAuc).ShouldBeGreaterThan(0.985);
    }

    [Fact]
    public void Rule_FixedInAdvance_BeatsTheForest()
    {
        var (confusion, _) = Protocol.Value.Rule();
        (confusion.TruePositives + confusion.FalseNegatives).ShouldBe(567);
        confusion.F1.ShouldBeGreaterThan(0.95);
        Protocol.Value.RuleByWindow().Windows.Count.ShouldBe(4);
    }
}
