using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;

namespace Tidewatch.Detection.Detectors.Statistics;

/// <summary>Options of <see cref="StuckValueDetector"/>.</summary>
public sealed record StuckValueOptions : DetectorOptions
{
    /// <summary>Ended runs remembered, 8 to 10,000; default 64.</summary>
    [Range(8, 10_000)]
    public int Window { get; init; } = 64;

    /// <summary>Ended runs before the first score, 4 to <see cref="Window"/>; default 16.</summary>
    [Range(4, 10_000)]
    public int WarmUp { get; init; } = 16;

    /// <summary>Deviations of the series within which a value counts as the same, 0 to 1; default 1e-6.</summary>
    [Range(0, 1)]
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Least run that scores 0.5, 2 to 100,000 values; default 10.</summary>
    [Range(2, 100_000)]
    public int LeastRun { get; init; } = 10;

    /// <summary>Multiples of the longest usual run, the 95th percentile, that score 0.5, 1.1 to 1,000; default 3.</summary>
    [Range(1.1, 1_000)]
    public double Width { get; init; } = 3;
}

/// <summary>How long a series repeats its value, in usual runs: a sensor that is stuck, a counter that stopped. A series that never moves does not warm up.</summary>
public sealed class StuckValueDetector(StuckValueOptions options, SeriesContext context)
    : ChannelDetector(() => new RunChannel(options), context, 1), IDetector<StuckValueDetector, StuckValueOptions>
{
    public static string Name => "stuck-value";

    public static string Summary => "How long a series repeats its value, in multiples of the usual run.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Additive;

    public static StuckValueDetector Create(StuckValueOptions options, SeriesContext context) => new(options, context);

    private sealed class RunChannel(StuckValueOptions options) : Channel
    {
        private readonly SortedWindow _runs = new(options.Window);
        private Exponential _level = new(0.001);
        private double _anchor;
        private int _run;

        public override bool IsWarm => _runs.Count >= Math.Min(options.WarmUp, options.Window);

        public override double Statistic(double value, long timeMs) =>
            Continues(value) ? (_run + 1) / Math.Max(options.LeastRun, options.Width * _runs.Quantile(0.95)) : 0;

        public override void Learn(double value, long timeMs)
        {
            if (Continues(value))
            {
                _run = Math.Min(_run + 1, int.MaxValue - 1);
            }
            else
            {
                if (_run > 0)
                {
                    _runs.Add(_run);
                }

                (_anchor, _run) = (value, 1);
            }

            _level.Add(value);
        }

        public override void Save(StateWriter writer)
        {
            _runs.Save(writer);
            _level.Save(writer);
            writer.Write(_anchor);
            writer.Write(_run);
        }

        public override void Load(ref StateReader reader)
        {
            _runs.Load(ref reader);
            _level.Load(ref reader);
            _anchor = reader.ReadDouble();
            _run = reader.ReadInt32(0, int.MaxValue - 1);
        }

        private bool Continues(double value) => _run > 0 && Math.Abs(value - _anchor) <= options.Tolerance * _level.Deviation;
    }
}
