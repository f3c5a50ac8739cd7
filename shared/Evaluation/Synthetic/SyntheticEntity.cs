namespace Tidewatch.Evaluation.Synthetic;

/// <summary>The values of one entity's measures at any sample.</summary>
internal sealed class SyntheticEntity(SyntheticDomain domain, string name, IndexedNoise noise, SyntheticLevel level)
{
    private const double HardNoise = 1.5;
    private const double HardDrift = 2.5;
    private const double HardMissing = 4;
    private const double DriftDays = 4;
    private const int ShortestGap = 6;
    private const int LongestGap = 24;
    private readonly IndexedNoise _schedule = noise.Of(name).Of("schedule");
    private readonly IndexedNoise _missing = noise.Of(name).Of("missing");
    private readonly IndexedNoise[] _noises = [.. domain.Signals.Select(s => noise.Of(name).Of(s.Name))];
    private readonly IndexedNoise[] _drifts = [.. domain.Signals.Select(s => noise.Of(name).Of(s.Name).Of("drift"))];

    // Entities differ in size by a factor of up to two, and the peak of their day by up to four hours.
    private readonly double _scale = 0.7 + (0.7 * noise.Of(name).Uniform(0));
    private readonly double _shift = noise.Of(name).Uniform(1) / 6;

    public string Name => name;

    public Anomaly? AnomalyAt(long sample) => domain.Schedule.At(sample, _schedule, level);

    public Anomaly? AnomalyInBlock(long block) => domain.Schedule.InBlock(block, _schedule, level);

    public bool IsMissing(long sample, int series)
    {
        var factor = level == SyntheticLevel.Hard ? HardMissing : 1;
        if (_missing.Uniform(sample, series) < domain.Missing * factor)
        {
            return true;
        }

        var block = sample / domain.Schedule.Block;
        if (_missing.Uniform(block, series + 100) >= domain.Gaps * factor)
        {
            return false;
        }

        var length = ShortestGap + (int)(_missing.Uniform(block, series + 200) * (LongestGap - ShortestGap));
        var start = (block * domain.Schedule.Block) + (long)(_missing.Uniform(block, series + 300) * (domain.Schedule.Block - length));
        return sample >= start && sample < start + length;
    }

    public double Value(int signal, long sample, Anomaly? anomaly)
    {
        var shape = domain.Signals[signal];
        var (at, variance, add, times) = (sample, 1.0, 0.0, 1.0);
        foreach (var effect in anomaly?.Kind.Effects ?? [])
        {
            if (!string.Equals(effect.Signal, shape.Name, StringComparison.Ordinal))
            {
                continue;
            }

            var size = effect.Size(anomaly!.Draw, level);
            switch (effect.Kind)
            {
                case EffectKind.Add: add += size; break;
                case EffectKind.Times: times *= size; break;
                case EffectKind.Variance: variance *= size; break;
                case EffectKind.Ramp: add += size * (sample - anomaly.Start + 1) / anomaly.Length; break;
                case EffectKind.Stuck: at = anomaly.Start; break;
                default: throw new NotSupportedException($"effect {effect.Kind}");
            }
        }

        var value = Plain(shape, _noises[signal], _drifts[signal], at, variance, add) * times;
        return Math.Round(Math.Clamp(value, shape.Floor, shape.Ceiling), shape.Decimals);
    }

    private double Plain(Signal shape, IndexedNoise random, IndexedNoise wander, long sample, double variance, double add)
    {
        var hard = level == SyntheticLevel.Hard;
        var day = (double)sample / domain.SamplesPerDay;
        var phase = 2 * Math.PI * (day + _shift);
        var season = (0.8 * Math.Sin(phase)) + (0.2 * Math.Sin(2 * phase));
        var week = (long)Math.Floor(day) % 7 >= 5 ? shape.Weekend : 1;
        var drift = shape.Drift * (hard ? HardDrift : 1) * wander.Smooth(day / DriftDays);
        var level0 = shape.Level * (shape.Logarithmic ? _scale : 1);
        var centre = level0 * (1 + (shape.Daily * season)) * week * (1 + drift);
        var sigma = shape.Noise * (hard ? HardNoise : 1);
        var deviation = (sigma * variance * random.Correlated(sample, shape.Memory)) + (shape.Noise * add);
        return shape.Logarithmic ? centre * Math.Exp(deviation) : centre + (level0 * deviation);
    }
}
