using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Calibration;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="SurpriseEnsembleDetector"/>.</summary>
public sealed record SurpriseEnsembleOptions : DetectorOptions
{
    /// <summary>Values before the first score, 100 to 100,000; default 600.</summary>
    [Range(100, 100_000)]
    public int WarmUp { get; init; } = 600;

    /// <summary>Combined surprise that scores 0.5, 0.1 to 100; default 1.88: together about as unlikely as one in 76.</summary>
    [Range(0.1, 100)]
    public double Half { get; init; } = 1.88;
}

/// <summary>The default for one series: hour-of-day residual, range novelty, left discord and relative entropy, each calibrated against its own past, the three largest surprises combined.</summary>
/// <remarks>Its raw statistic is the combined surprise. Strictly online; about 100 KiB a series.</remarks>
public sealed class SurpriseEnsembleDetector : StreamDetector, IDetector<SurpriseEnsembleDetector, SurpriseEnsembleOptions>, IComposedDetector
{
    private static readonly string[] MemberNames = [HourOfDayResidualDetector.Name, RangeNoveltyDetector.Name, LeftDiscordDetector.Name, RelativeEntropyDetector.Name];
    private readonly SurpriseEnsembleOptions _options;
    private readonly HourOfDayResidualDetector _residual;
    private readonly StreamDetector[] _members;
    private readonly SurpriseCalibrator[] _calibrators;
    private int _learned;

    public SurpriseEnsembleDetector(SurpriseEnsembleOptions options)
    {
        _options = options;
        _residual = new HourOfDayResidualDetector(new HourOfDayResidualOptions());
        var entropy = new RelativeEntropyDetector(new RelativeEntropyOptions { WarmUp = options.WarmUp });
        _members = [_residual, new RangeNoveltyDetector(new RangeNoveltyOptions { WarmUp = 2 }), new LeftDiscordDetector(new LeftDiscordOptions()), entropy];
        _calibrators = [.. _members.Select(_ => new SurpriseCalibrator())];
        entropy.Primed = _calibrators[^1].Add;
    }

    public static string Name => "surprise-ensemble";

    public static string Summary => "Hour-of-day residual, range novelty, left discord and relative entropy, calibrated to tail probabilities and combined: the default for one series.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.UsesTime;

    public override bool IsWarm => _learned >= _options.WarmUp;

    protected override double Half => _options.Half;

    public static SurpriseEnsembleDetector Create(SurpriseEnsembleOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            if (_members[i].IsWarm)
            {
                _calibrators[i].Add(_members[i].Raw(sample));
            }

            _members[i].Learn(sample);
        }

        _learned = Math.Min(_learned + 1, _options.WarmUp);
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = default;
        return IsWarm && _residual.TryExpect(feature, out expectation);
    }

    public MemberScores? MembersOf(in Sample sample)
    {
        var surprises = new double[_members.Length];
        Surprises(sample, surprises);
        return new MemberScores(MemberNames, [.. surprises.Select(Map)], Combine);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_learned);
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Save(writer);
            _calibrators[i].Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _learned = reader.ReadInt32(0, _options.WarmUp);
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Load(ref reader);
            _calibrators[i].Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        Span<double> surprises = stackalloc double[_members.Length];
        Surprises(sample, surprises);
        return SurpriseCombination.Combine(surprises);
    }

    private void Surprises(in Sample sample, Span<double> surprises)
    {
        for (var i = 0; i < surprises.Length; i++)
        {
            surprises[i] = _calibrators[i].Surprise(_members[i].Raw(sample));
        }
    }

    /// <summary>The members' scores taken back to surprises, combined, and mapped again.</summary>
    private double Combine(ReadOnlySpan<double> scores)
    {
        Span<double> surprises = stackalloc double[scores.Length];
        for (var i = 0; i < surprises.Length; i++)
        {
            surprises[i] = scores[i] * Half / (1 - scores[i]);
        }

        return Map(SurpriseCombination.Combine(surprises));
    }
}
