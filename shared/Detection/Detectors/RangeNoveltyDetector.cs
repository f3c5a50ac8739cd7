using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="RangeNoveltyDetector"/>.</summary>
public sealed record RangeNoveltyOptions : DetectorOptions
{
    /// <summary>Values before the first score, 2 to 100,000; default 100.</summary>
    [Range(2, 100_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Share of the range beyond it that scores 0.5, 0.001 to 1,000; default 0.5 (Numenta's spatial anomaly is 0.05).</summary>
    [Range(0.001, 1_000)]
    public double Half { get; init; } = 0.5;
}

/// <summary>How far a value lies beyond everything seen, in units of the range seen; 0 inside it (the rule of "spatial anomalies" in Numenta's detectors).</summary>
public sealed class RangeNoveltyDetector(RangeNoveltyOptions options) : StreamDetector, IDetector<RangeNoveltyDetector, RangeNoveltyOptions>
{
    private const double RelativeFloor = 1e-9;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private int _learned;

    public static string Name => "range-novelty";

    public static string Summary => "Distance beyond the range of all earlier values in units of that range.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree | DetectorTraits.Expects;

    public override bool IsWarm => _learned >= options.WarmUp;

    protected override double Half => options.Half;

    private double Extent => Math.Max(_maximum - _minimum, Math.Max(RelativeFloor * Math.Max(Math.Abs(_maximum), Math.Abs(_minimum)), double.Epsilon * 1e9));

    public static RangeNoveltyDetector Create(RangeNoveltyOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        var value = Bounded.Of(sample.Value);
        (_minimum, _maximum) = (Math.Min(_minimum, value), Math.Max(_maximum, value));
        _learned = Math.Min(_learned + 1, options.WarmUp);
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = IsWarm ? new Expectation(_minimum, (_minimum + _maximum) / 2, _maximum, Extent / 2) : default;
        return IsWarm;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_minimum);
        writer.Write(_maximum);
        writer.Write(_learned);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _minimum = reader.ReadDouble();
        _maximum = reader.ReadDouble();
        _learned = reader.ReadInt32(0, options.WarmUp);
    }

    protected override double Statistic(in Sample sample) => Math.Max(sample.Value - _maximum, _minimum - sample.Value) / Extent;
}
