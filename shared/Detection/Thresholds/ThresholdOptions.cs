using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>When a score is an anomaly, how bad it is, and when it is over.</summary>
public sealed record ThresholdOptions
{
    /// <summary>Score from which an observation is anomalous, 0.01 to 1; default 0.5 (for the z-score: its width, 3 standard deviations).</summary>
    [Range(0.01, 1)]
    public double Threshold { get; init; } = 0.5;

    /// <summary>Share of the way from threshold to 1 at which mild becomes moderate, 0 to 1; default 0.2.</summary>
    [Range(0, 1)]
    public double Moderate { get; init; } = 0.2;

    /// <summary>Share of the way from threshold to 1 at which moderate becomes extreme, 0 to 1; default 0.4.</summary>
    [Range(0, 1)]
    public double Extreme { get; init; } = 0.4;

    /// <summary>Normal observations in a row that resolve an alert, 1 to 100,000; default 5.</summary>
    [Range(1, 100_000)]
    public int ResolveAfter { get; init; } = 5;

    /// <summary>Share of the threshold that a score must stay below to count as normal while an alert is open, 0.1 to 1; default 1, the threshold itself.</summary>
    [Range(0.1, 1)]
    public double Release { get; init; } = 1;

    /// <summary>Observations after an alert opened in which no other opens, 0 to 1,000,000; default 0, no rest.</summary>
    [Range(0, 1_000_000)]
    public int Refractory { get; init; }

    /// <summary>Least distance from the expected centre in the value's unit; 0 (default) asks none.</summary>
    [Range(0, double.MaxValue)]
    public double MinimumChange { get; init; }

    /// <summary>Least distance from the expected centre as a share of its size; 0 (default) asks none.</summary>
    [Range(0, 1_000_000)]
    public double MinimumRelativeChange { get; init; }

    /// <summary>How the threshold is found; default <see cref="CutRule.Fixed"/>. The others never go below <see cref="Threshold"/>, but for feedback.</summary>
    public CutRule Rule { get; init; }

    /// <summary>Share of the past scores below a <see cref="CutRule.Quantile"/> threshold, 0.5 to 0.99999; default 0.995.</summary>
    [Range(0.5, 0.99999)]
    public double Quantile { get; init; } = 0.995;

    /// <summary>Probability of an ordinary score beyond a <see cref="CutRule.Spot"/> threshold, 1e-8 to 0.1; default 0.001.</summary>
    [Range(1e-8, 0.1)]
    public double Risk { get; init; } = 0.001;

    /// <summary>Which changes count, where the detector has an expected range; default <see cref="ChangeDirection.Both"/>.</summary>
    public ChangeDirection Direction { get; init; }

    /// <summary>A new threshold of the rule.</summary>
    public ICut CreateCut() => Rule switch
    {
        CutRule.Quantile => new QuantileCut(Quantile, Threshold),
        CutRule.Spot => new SpotCut(Risk, Threshold),
        CutRule.Feedback => new FeedbackCut(Threshold),
        _ => new FixedCut(Threshold),
    };

    /// <summary>A threshold of the rule that goes on from what one under other options learned; a new one where that means nothing to it.</summary>
    /// <param name="cut">The other.</param>
    /// <param name="under">Its options.</param>
    public ICut Continue(ICut cut, ThresholdOptions under)
    {
        var next = CreateCut();
        var learnedAlike = under.Rule == Rule && (Rule != CutRule.Quantile || under.Quantile == Quantile) && (Rule != CutRule.Feedback || under.Threshold == Threshold);
        if (learnedAlike && Rule != CutRule.Fixed)
        {
            var learned = new StateWriter();
            cut.Save(learned);
            var reader = new StateReader(learned.Written);
            next.Load(ref reader);
        }

        return next;
    }
}
