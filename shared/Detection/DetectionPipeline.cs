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
    private readonly DetectionProfile _profile;
    private readonly MemberPanel _panel;
    private readonly HysteresisThreshold _threshold;
    private readonly SlidingWindow? _past;
    private readonly double[] _features;
    private int _gated;

    /// <param name="profile">How to judge.</param>
    /// <param name="inputs">Values of each observation: 1, or the number of named features.</param>
    /// <param name="seed">Seed of every random choice, derived from the series id.</param>
    public DetectionPipeline(DetectionProfile profile, int inputs, ulong seed)
    {
        _profile = profile;
        var derives = inputs == 1;
        _features = new double[derives ? profile.Features.Count : inputs];
        var lookback = derives ? profile.Features.Max(f => f.Lookback) : 0;
        _past = lookback > 0 ? new SlidingWindow(lookback) : null;
        var detectors = derives ? profile.Detectors : profile.FeatureDetectors ?? profile.Detectors;
        _panel = new MemberPanel(profile, detectors, new SeriesContext(_features.Length, seed));
        _threshold = new HysteresisThreshold(profile.Threshold);
        Inputs = inputs;
    }

    /// <summary>Values of each observation.</summary>
    public int Inputs { get; }

    public DetectionProfile Profile => _profile;

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
        Extract(values, timeMs);
        var sample = new Sample(_features, timeMs);
        var (score, driver) = _panel.Score(sample);
        var hasExpectation = TryExpect(sample, driver, out var feature, out var expectation);
        var level = _threshold.LevelOf(score);
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

        var cause = explains && transition is AlertTransition.Opened or AlertTransition.Escalated ? VerdictCause.Of(_panel.DetectorOf(driver), sample, _panel.Votes()) : null;
        Learn(sample, level, values);
        _panel.Adapt(sample, driver < 0 ? null : score);
        return new Verdict(score, level, transition, feature, hasExpectation, expectation, worst, driver) { Cause = cause };
    }

    /// <summary>Takes a person's judgement of an earlier score: moves a threshold that adapts by feedback.</summary>
    public void Correct(double score, bool isAnomaly) => _threshold.Correct(score, isAnomaly);

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

    private void Extract(ReadOnlySpan<double> values, long timeMs)
    {
        if (Inputs > 1)
        {
            values.CopyTo(_features);
            return;
        }

        for (var i = 0; i < _features.Length; i++)
        {
            _features[i] = _profile.Features[i].Extract(values[0], timeMs, _past!);
        }
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
        if (_gated == 0 || _gated > _profile.LearnGate)
        {
            _panel.Learn(sample);
        }

        _past?.Add(values[0]);
    }
}
