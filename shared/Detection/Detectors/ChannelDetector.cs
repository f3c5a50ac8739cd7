using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors;

/// <summary>Base of detectors that judge each feature by itself: of several features the most unusual one counts.</summary>
/// <remarks>Values are <see cref="Bounded"/>.</remarks>
public abstract class ChannelDetector(Func<Channel> create, SeriesContext context, double half) : StreamDetector, IAdditiveDetector
{
    private readonly Channel[] _channels = [.. Enumerable.Range(0, context.Dimension).Select(_ => create())];

    public override bool IsWarm => _channels[0].IsWarm;

    protected override double Half => half;

    public override void Learn(in Sample sample)
    {
        for (var i = 0; i < _channels.Length; i++)
        {
            _channels[i].Learn(Bounded.Of(sample.Values[i]), sample.TimeMs);
        }
    }

    public override bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = default;
        return _channels[feature].IsWarm && _channels[feature].TryExpect(out expectation);
    }

    public double Contribute(in Sample sample, Span<double> contributions)
    {
        var statistics = new double[_channels.Length];
        for (var i = 0; i < _channels.Length; i++)
        {
            statistics[i] = Math.Max(0, _channels[i].Statistic(Bounded.Of(sample.Values[i]), sample.TimeMs));
        }

        LargestShare.Of(statistics, contributions);
        return 0;
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        foreach (var channel in _channels)
        {
            channel.Save(writer);
        }
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        foreach (var channel in _channels)
        {
            channel.Load(ref reader);
        }
    }

    protected override double Statistic(in Sample sample)
    {
        var worst = 0.0;
        for (var i = 0; i < _channels.Length; i++)
        {
            worst = Math.Max(worst, _channels[i].Statistic(Bounded.Of(sample.Values[i]), sample.TimeMs));
        }

        return worst;
    }
}
