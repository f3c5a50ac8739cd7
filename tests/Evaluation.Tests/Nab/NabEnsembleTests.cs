using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.Detectors;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Evaluation.Tests.Nab;

/// <summary>The quality the default ensemble must keep.</summary>
public sealed class NabEnsembleTests
{
    [Fact]
    public void Score_DefaultEnsemble_KeepsItsQuality()
    {
        var corpus = NabCorpus.Load(LabelledData.Require("nab"));
        var results = new NabScorer(corpus).Score(NabRun.Scores(corpus, DetectorCatalog.Get(SurpriseEnsembleDetector.Name)));
        results[0].Score.ShouldBeGreaterThan(74);
        results[1].Score.ShouldBeGreaterThan(66);
        results[2].Score.ShouldBeGreaterThan(79);
    }
}
