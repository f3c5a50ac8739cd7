using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.Ensembles;
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
    private readonly string[] _names;
    private readonly IDetector[] _detectors;
    private readonly IEnsemble _ensemble;
    private readonly TailCalibration[]? _calibrations;
    private readonly HysteresisThreshold _threshold;
    private readonly SlidingWindow? _past;
    private readonly double[] _features;
    private readonly double[] _scores;
    private readonly int[] _members;
    private int _warm;
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
        _names = [.. detectors.Select(d => d.Entry.Name)];
        _detectors = [.. detectors.Select(d => d.Entry.Create(d.Options, new SeriesContext(_features.Length, seed)))];
        (_scores, _members) = (new double[_detectors.Length], new int[_detectors.Length]);
        _ensemble = EnsembleCatalog.Create(profile.Ensemble);
        _calibrations = profile.Calibrate || _ensemble.Ranks ? [.. _detectors.Select(_ => new TailCalibration())] : null;
        _threshold = new HysteresisThreshold(profile.Threshold);
        Inputs = inputs;
    }

    /// <summary>Values of each observation.</summary>
    public int Inputs { get; }

    public DetectionProfile Profile => _profile;

    /// <summary>Event time of the observation that opened the current or last alert, Unix milliseconds.</summary>
    public long OpenedAtMs => _threshold.OpenedAtMs;

    /// <summary>Scores, judges and learns one observation. Allocates nothing once warm.</summary>
    public Verdict Observe(ReadOnlySpan<double> values, long timeMs)
    {
        Extract(values, timeMs);
        var sample = new Sample(_features, timeMs);
        var (score, driver, spread) = Score(sample);
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

        var cause = transition is AlertTransition.Opened or AlertTransition.Escalated ? VerdictCause.Of(_detectors[driver], sample, Members()) : null;
        Learn(sample, level, values);
        return new Verdict(score, level, transition, feature, hasExpectation, expectation, worst, driver) { Spread = spread, Cause = cause };
    }

    /// <summary>Takes a person's judgement of an earlier score: moves a threshold that adapts by feedback.</summary>
    public void Correct(double score, bool isAnomaly) => _threshold.Correct(score, isAnomaly);

    public void Save(StateWriter writer)
    {
        writer.Write(_gated);
        _threshold.Save(writer);
        _past?.Save(writer);
        for (var i = 0; i < _detectors.Length; i++)
        {
            _detectors[i].Save(writer);
            _calibrations?[i].Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        _gated = reader.ReadInt32(0, int.MaxValue);
        _threshold.Load(ref reader);
        _past?.Load(ref reader);
        for (var i = 0; i < _detectors.Length; i++)
        {
            _detectors[i].Load(ref reader);
            _calibrations?[i].Load(ref reader);
        }
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

    private (double Score, int Driver, ScoreSpread Spread) Score(in Sample sample)
    {
        var (driver, best) = (-1, -1.0);
        _warm = 0;
        for (var i = 0; i < _detectors.Length; i++)
        {
            if (!_detectors[i].IsWarm)
            {
                continue;
            }

            var score = Calibrated(i, _detectors[i].Score(sample));
            (_scores[_warm], _members[_warm]) = (score, i);
            _warm++;
            if (score > best)
            {
                (driver, best) = (i, score);
            }
        }

        return _warm == 0
            ? (0, -1, new ScoreSpread(0, 1, 0))
            : (_ensemble.Combine(_scores.AsSpan(0, _warm), _members.AsSpan(0, _warm)), driver, ScoreSpread.Of(_scores.AsSpan(0, _warm)));
    }

    /// <summary>What the warm detectors just said; null for one.</summary>
    private MemberScores? Members() => _warm < 2 ? null : new MemberScores(
        [.. _members[.._warm].Select(i => _names[i])], _scores[.._warm], scores => _ensemble.Combine(scores, _members.AsSpan(0, scores.Length)));

    /// <summary>Every score enters its detector's past, gated or not: what is common must not stay surprising.</summary>
    private double Calibrated(int detector, double score)
    {
        if (_calibrations is null)
        {
            return score;
        }

        var calibrated = _calibrations[detector].Score(score);
        _calibrations[detector].Add(score);
        return calibrated;
    }

    private bool TryExpect(in Sample sample, int driver, out int feature, out Expectation expectation)
    {
        (feature, expectation) = (0, default);
        if (driver < 0 || !_detectors[driver].TryExpect(0, out expectation))
        {
            return false;
        }

        for (var i = 1; i < Inputs; i++)
        {
            if (_detectors[driver].TryExpect(i, out var other)
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
            foreach (var detector in _detectors)
            {
                detector.Learn(sample);
            }
        }

        _past?.Add(values[0]);
    }
}
