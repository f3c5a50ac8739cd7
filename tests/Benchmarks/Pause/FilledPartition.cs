using System.Text;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Benchmarks.Pause;

/// <summary>The engine of one partition with many series past their warm-up.</summary>
internal sealed class FilledPartition : IPartitionOutput
{
    public const int Observations = 40;
    private readonly string[] _series;
    private long _offset;
    private int _step;

    public FilledPartition(string detector, int series)
    {
        _series = [.. Enumerable.Range(0, series).Select(i => $"hosts/{i:D7}/cpu")];
        Engine = new SeriesEngine(new EngineScope("id", "topic", 0, "hosts"), new EngineRules(new EngineSettings { Detector = detector, Window = 64, WarmUp = 32 }));
        for (var i = 0; i < Observations; i++)
        {
            Observe();
        }
    }

    public SeriesEngine Engine { get; }

    public bool IsLive => false;

    /// <summary>One more observation of each series.</summary>
    public void Observe()
    {
        _step++;
        Engine.Begin();
        for (var i = 0; i < _series.Length; i++)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + _step);
            var value = ObservationCodec.Encode(new Observation { Series = _series[i], Time = time, Value = 50 + (5 * Math.Sin((_step + i) * 0.7)) });
            Engine.Apply(new InputRecord(_offset++, time.ToUnixTimeMilliseconds(), Encoding.UTF8.GetBytes(_series[i]), value), this);
        }

        Engine.Commit();
    }

    public void Emit(Alert alert)
    {
        // Not looked at.
    }

    public void Emit(ScorePoint point)
    {
        // As above.
    }

    public void Reject(string stage, string code, string message) => throw new InvalidOperationException(message);
}
