using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection;

/// <summary>One series: features, score, combine, judge, learn. The only place where they follow each other.</summary>
public sealed class DetectionPipeline
{
    private readonly MemberPanel _panel;
    private readonly SlidingWindow? _past;
    private DetectionPlan _plan;
    private HysteresisThreshold _threshold;
    private int _gated;

    /// <param name="profile">How to judge; for many series make a <see cref="DetectionPlan"/> of it.</param>
    /// <param name="inputs">Values of each observation: 1, or the number of named features.</param>
    /// <param name="seed">Seed of every random choice, derived from the series id.</param>
    public DetectionPipeline(DetectionProfile profile, int inputs, ulong seed)
        : this(new DetectionPlan(profile), inputs, seed)
    {
    }

    /// <param name="plan">How to judge, shared by all series of a profile.</param>
    /// <param name="inputs">Values of each observation: 1, or the number of named features.</param>
    /// <param name="seed">Seed of every random choice, derived from the series id.</param>
    public DetectionPipeline(DetectionPlan plan, int inputs, ulong seed)
    {
        (_plan, Inputs) = (plan, inputs);
        _past = inputs == 1 && plan.Lookback > 0 ? new SlidingWindow(plan.Lookback) : null;
        _panel = new MemberPanel(plan.PanelOf(inputs), new SeriesContext(Dimension, seed));
        _threshold = new HysteresisThreshold(plan.Profile.Threshold);
    }

    /// <summary>Values of each observation.</summary>
    public int Inputs { get; }

    public DetectionProfile Profile => _plan.Profile;

    /// <summary>Features that the detectors see.</summary>
    private int Dimension => Inputs == 1 ? Profile.Features.Count : Inputs;

    /// <summary>Event time of the observation that opened the current or last alert, Unix milliseconds.</summary>
    public long OpenedAtMs => _threshold.OpenedAtMs;

    /// <summary>Drifts after which the detectors were trained anew, and the count of observations at the last one; 0 before the first.</summary>
    public (int Count, long LastAt) Drifts => _panel.Drifts;

    /// <summary>Names of the detectors that vote, in the order of their places.</summary>
    public IEnumerable<string> Voting => _panel.Voting;

    /// <summary>Scores, judges and learns one observation. Allocates nothing once warm, but for a cause.</summary>
    /// <param name="values">The observation's values, <see cref="Inputs"/> of them.</param>
    /// <param name="timeMs">Event time, Unix milliseconds.</param>
    /// <param name="explains">Whether the verdict names its <see cref="Verdict.Cause"/>; false where nobody will read it. The state goes the same way.</param>
    public Verdict Observe(ReadOnlySpan<double> values, long timeMs, bool explains = true)
    {
        Span<double> derived = stackalloc double[Inputs == 1 ? Dimension : 0];
        var sample = new Sample(Inputs == 1 ? Extract(values[0], timeMs, derived) : values, timeMs);
        Span<double> said = stackalloc double[_panel.Size];
        var (score, driver) = _panel.Score(sample, said);
        var hasExpectation = TryExpect(sample, driver, out var feature, out var expectation);
        var (level, cut) = (_threshold.LevelOf(score), _threshold.Cut);
        if (level != AlertLevel.None && hasExpectation && !_threshold.IsLargeEnough(values[feature], expectation))
        {
            level = AlertLevel.None;
        }

        var worst = level > _threshold.Worst ? level : _threshold.Worst;
        var transition = _threshold.Advance(level, score, timeMs);
        if (driver >= 0)
        {
            _threshold.Learn(score);
        }

        if (transition is AlertTransition.Opened or AlertTransition.Escalated)
        {
            _panel.Remember(timeMs, said);
        }

        var cause = explains && transition is AlertTransition.Opened or AlertTransition.Escalated ? VerdictCause.Of(_panel.DetectorOf(driver), sample, _panel.Votes(said)) : null;
        Learn(sample, level, values);
        _panel.Adapt(sample, said, driver < 0 ? null : score);
        return new Verdict(score, level, transition, feature, hasExpectation, expectation, worst, driver) { Threshold = cut, Cause = cause };
    }

    /// <summary>What the observation would be to this series, which it leaves as it is; null while the series is not warm or has an open alert.</summary>
    public (double Score, AlertLevel Level)? Judge(ReadOnlySpan<double> values, long timeMs)
    {
        Span<double> derived = stackalloc double[Inputs == 1 ? Dimension : 0];
        var (score, driver) = _panel.Judge(new Sample(Inputs == 1 ? Extract(values[0], timeMs, derived) : values, timeMs));
        return driver < 0 || _threshold.IsOpen ? null : (score, _threshold.LevelOf(score));
    }

    /// <summary>Takes a person's judgement of an earlier observation: moves a threshold that adapts by feedback and, for one of the last alerts, weights that do, and after a false alarm about the open alert learns from the next observation what the gate keeps out.</summary>
    /// <param name="score">The score that the observation had.</param>
    /// <param name="timeMs">Its event time, Unix milliseconds.</param>
    /// <param name="isAnomaly">What it really was.</param>
    public void Correct(double score, long timeMs, bool isAnomaly)
    {
        _threshold.Correct(score, isAnomaly);
        _panel.Correct(timeMs, isAnomaly);
        if (!isAnomaly && _gated > 0 && _threshold.IsOpen && timeMs >= _threshold.OpenedAtMs)
        {
            _gated = Math.Max(_gated, Profile.LearnGate);
        }
    }

    /// <summary>Draws the line between ordinary and anomalous as <paramref name="plan"/> does from now on; what was learned, and an open alert, stay.</summary>
    /// <param name="plan">Of a profile that differs in its <see cref="DetectionProfile.Threshold"/>, <see cref="DetectionProfile.LearnGate"/> and <see cref="Ensembles.EnsembleOptions.FeedbackRate"/> alone.</param>
    public void JudgeBy(DetectionPlan plan)
    {
        (_plan, _threshold) = (plan, _threshold.Under(plan.Profile.Threshold));
        _panel.WeighBy(plan.PanelOf(Inputs));
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_gated);
        _threshold.Save(writer);
        _past?.Save(writer);
        _panel.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        _gated = reader.ReadInt32(0, int.MaxValue);
        _threshold.Load(ref reader);
        _past?.Load(ref reader);
        _panel.Load(ref reader);
    }

    private ReadOnlySpan<double> Extract(double value, long timeMs, Span<double> features)
    {
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = Profile.Features[i].Extract(value, timeMs, _past!);
        }

        return features;
    }

    private bool TryExpect(in Sample sample, int driver, out int feature, out Expectation expectation)
    {
        (feature, expectation) = (0, default);
        if (driver < 0 || _panel.DetectorOf(driver) is not { } detector || !detector.TryExpect(0, out expectation))
        {
            return false;
        }

        for (var i = 1; i < Inputs; i++)
        {
            if (detector.TryExpect(i, out var other)
                && Math.Abs(other.ZScore(sample.Values[i])) > Math.Abs(expectation.ZScore(sample.Values[feature])))
            {
                (feature, expectation) = (i, other);
            }
        }

        return true;
    }

    private void Learn(in Sample sample, AlertLevel level, ReadOnlySpan<double> values)
    {
        _gated = level == AlertLevel.None ? 0 : _gated + 1;
        if (_gated == 0 || _gated > Profile.LearnGate)
        {
            _panel.Learn(sample);
        }

        _past?.Add(values[0]);
    }
}
