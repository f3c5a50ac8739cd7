using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Drift;

/// <summary>Options of <see cref="KswinTest"/>.</summary>
public sealed record KswinOptions
{
    /// <summary>Significance of the two-sample test, 1e-9 to 0.5; default 0.005.</summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; init; } = 0.005;

    /// <summary>Values in the window, 8 to 100,000; default 100.</summary>
    [Range(8, 100_000)]
    public int Window { get; init; } = 100;

    /// <summary>Newest values compared with as many random older ones, 2 to half of <see cref="Window"/>; default 30.</summary>
    [Range(2, 50_000)]
    public int Recent { get; init; } = 30;
}

/// <summary>Kolmogorov-Smirnov windowing (Raab, Heusinger, Schleif 2020): are the newest values drawn like a sample of the older ones?</summary>
public sealed class KswinTest : IDriftTest
{
    private const double LeastDistance = 0.1;
    private readonly KswinOptions _options;
    private readonly int _recent;
    private readonly ulong _seed;
    private readonly double[] _newest;
    private readonly double[] _older;
    private readonly int[] _places;
    private SlidingWindow _window;
    private SeededRandom _random;

    public KswinTest(KswinOptions options, ulong seed)
    {
        _recent = Math.Min(options.Recent, options.Window / 2);
        (_options, _seed, _random, _window) = (options, seed, new SeededRandom(seed), new SlidingWindow(options.Window));
        (_newest, _older, _places) = (new double[_recent], new double[_recent], new int[options.Window - _recent]);
    }

    public string Name => "kswin";

    public bool Update(double value)
    {
        _window.Add(value);
        if (!_window.IsFull)
        {
            return false;
        }

        Draw();
        var distance = KolmogorovSmirnov.Distance(_older, _newest);
        if (distance <= LeastDistance || KolmogorovSmirnov.PValue(distance, _recent) > _options.Alpha)
        {
            return false;
        }

        _window = new SlidingWindow(_options.Window);
        _random = new SeededRandom(_seed);
        return true;
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_random.State);
        _window.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _random = new SeededRandom(reader.ReadUInt64());
        _window.Load(ref reader);
    }

    private void Draw()
    {
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = _recent + i;
        }

        for (var i = 0; i < _recent; i++)
        {
            var other = i + _random.Next(_places.Length - i);
            (_places[i], _places[other]) = (_places[other], _places[i]);
            _older[i] = _window[_places[i]];
            _newest[i] = _window[i];
        }

        Array.Sort(_older);
        Array.Sort(_newest);
    }
}
