using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors;

/// <summary>Options of <see cref="LeftDiscordDetector"/>.</summary>
public sealed record LeftDiscordOptions : DetectorOptions
{
    /// <summary>Values in a window, 4 to 1,000; default 30.</summary>
    [Range(4, 1_000)]
    public int Window { get; init; } = 30;

    /// <summary>Values to look back, at least twice the window, 16 to 100,000; default 4,000. Time and memory grow with it: 8 bytes a value.</summary>
    [Range(16, 100_000)]
    public int Horizon { get; init; } = 4_000;

    /// <summary>Which nearest earlier window counts, 1 to 100; default 3: a shape is ordinary when it was seen three times.</summary>
    [Range(1, 100)]
    public int Neighbor { get; init; } = 3;

    /// <summary>Running means of the distance that score 0.5, 0.1 to 1,000; default 3.</summary>
    [Range(0.1, 1_000)]
    public double Half { get; init; } = 3;
}

/// <summary>Left discord: distance of the newest window to its k-th nearest earlier one (left matrix profile, Yeh et al. 2016; DAMP, Lu et al. 2022), Euclidean without normalisation.</summary>
/// <remarks>The score sets it against the running mean of such distances.</remarks>
public sealed class LeftDiscordDetector : StreamDetector, IDetector<LeftDiscordDetector, LeftDiscordOptions>
{
    private const double Rate = 0.0005;
    private const int Samples = 40;
    private readonly LeftDiscordOptions _options;
    private readonly LagDistances _distances;
    private readonly float[] _nearest;
    private double _mean;
    private int _learned;
    private double _scoredValue = double.NaN;
    private double _scored;

    public LeftDiscordDetector(LeftDiscordOptions options)
    {
        _options = options;
        _distances = new LagDistances(options.Window, Math.Max(options.Horizon, 2 * options.Window));
        _nearest = new float[options.Neighbor];
    }

    public static string Name => "left-discord";

    public static string Summary => "Distance of the newest window to its k-th nearest earlier window.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _learned >= Samples;

    protected override double Half => _options.Half;

    public static LeftDiscordDetector Create(LeftDiscordOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        if (_distances.Candidates >= _nearest.Length)
        {
            var distance = Distance(sample.Value);
            _learned = Math.Min(_learned + 1, int.MaxValue - 1);
            _mean += Math.Max(Rate, 1.0 / _learned) * (distance - _mean);
        }

        _distances.Add(sample.Value);
        _scoredValue = double.NaN;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_mean);
        writer.Write(_learned);
        _distances.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _mean = reader.ReadDouble() is var mean && double.IsFinite(mean) && mean >= 0 ? mean : throw new StateFormatException($"{mean} is not a mean distance");
        _learned = reader.ReadInt32(0, int.MaxValue - 1);
        _distances.Load(ref reader);
        _scoredValue = double.NaN;
    }

    protected override double Statistic(in Sample sample) => Distance(sample.Value);

    protected override double Map(double raw) => raw > 0 ? raw / (raw + (_options.Half * _mean)) : 0;

    private double Distance(double value)
    {
        if (value != _scoredValue)
        {
            (_scoredValue, _scored) = (value, _distances.Nearest(value, _nearest));
        }

        return _scored;
    }
}
