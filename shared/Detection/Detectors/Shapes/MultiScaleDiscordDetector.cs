using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Detectors.Seasonal;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Shapes;

/// <summary>Options of <see cref="MultiScaleDiscordDetector"/>.</summary>
public sealed record MultiScaleDiscordOptions : DetectorOptions
{
    /// <summary>Middle window, 0 to 500; 0 (default) takes the period that the first values show, 32 when they show none. Windows are a quarter of it, a half, it, and twice it.</summary>
    [Range(0, 500)]
    public int Window { get; init; }

    /// <summary>Values that the period is looked for in, 60 to 30,000; default 500.</summary>
    [Range(60, 30_000)]
    public int Search { get; init; } = 500;

    /// <summary>Values to look back, 64 to 100,000; default 4,000. Never less than twice a window.</summary>
    [Range(64, 100_000)]
    public int Horizon { get; init; } = 4_000;

    /// <summary>Which nearest earlier window counts, 1 to 100; default 1.</summary>
    [Range(1, 100)]
    public int Neighbor { get; init; } = 1;

    /// <summary>Running means of the distance that score 0.5, 0.1 to 1,000; default 3.</summary>
    [Range(0.1, 1_000)]
    public double Half { get; init; } = 3;
}

/// <summary>Left discords (left matrix profile, Yeh et al. 2016) at four window lengths around the period, each in units of its running mean, averaged: ranks anomalies of unknown length.</summary>
/// <remarks>After the search the values seen are learned at once; memory is 32 bytes a value of the horizon.</remarks>
public sealed class MultiScaleDiscordDetector : StreamDetector, IDetector<MultiScaleDiscordDetector, MultiScaleDiscordOptions>
{
    private const int Scales = 4;
    private const int Smallest = 4;
    private const int WithoutPeriod = 32;
    private readonly MultiScaleDiscordOptions _options;
    private readonly double[] _first;
    private readonly LeftDiscordDetector[] _discords = new LeftDiscordDetector[Scales];
    private readonly Exponential[] _means = [.. Enumerable.Repeat(new Exponential(0.0005), Scales)];
    private int _seen;
    private int _window;

    private MultiScaleDiscordDetector(MultiScaleDiscordOptions options) => (_options, _first) = (options, new double[options.Search]);

    public static string Name => "multi-scale-discord";

    public static string Summary => "Left discords at four window lengths around the period, averaged in units of their running means.";

    public static DetectorTraits Traits => DetectorTraits.Univariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _window > 0 && _discords[^1].IsWarm;

    protected override double Half => _options.Half;

    public static MultiScaleDiscordDetector Create(MultiScaleDiscordOptions options, SeriesContext context) => new(options);

    public override void Learn(in Sample sample)
    {
        if (_window > 0)
        {
            LearnScales(sample);
            return;
        }

        _first[_seen++] = sample.Value;
        if (_seen == _first.Length)
        {
            Begin(_options.Window > 0 ? _options.Window : Autocorrelation.FindPeriod(_first) is var period and > 0 ? Math.Min(period, 500) : WithoutPeriod);
            foreach (var value in _first)
            {
                LearnScales(new Sample([value], sample.TimeMs));
            }
        }
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_window);
        writer.WriteArray<double>(_first.AsSpan(0, _window > 0 ? 0 : _seen));
        for (var i = 0; i < Scales && _window > 0; i++)
        {
            _means[i].Save(writer);
            _discords[i].Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _window = reader.ReadInt32(0, 500);
        var first = reader.ReadArray<double>(_first.Length - 1);
        first.CopyTo(_first, 0);
        _seen = first.Length;
        if (_window == 0)
        {
            return;
        }

        Begin(_window);
        for (var i = 0; i < Scales; i++)
        {
            _means[i].Load(ref reader);
            _discords[i].Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        var sum = 0.0;
        for (var i = 0; i < Scales; i++)
        {
            var distance = _discords[i].Raw(sample);
            sum += distance > 0 ? distance / Spread.Of(_means[i].Mean, 0) : 0;
        }

        return sum / Scales;
    }

    private void Begin(int window)
    {
        _window = window;
        for (var i = 0; i < Scales; i++)
        {
            var length = Math.Max(Smallest, (window << i) / 4);
            _discords[i] = new LeftDiscordDetector(new LeftDiscordOptions { Window = length, Horizon = Math.Max(_options.Horizon, 2 * length), Neighbor = _options.Neighbor });
            _means[i] = new Exponential(0.0005);
        }
    }

    private void LearnScales(in Sample sample)
    {
        for (var i = 0; i < Scales; i++)
        {
            if (_discords[i].IsWarm)
            {
                _means[i].Add(_discords[i].Raw(sample));
            }

            _discords[i].Learn(sample);
        }
    }
}
