using System.Buffers;
using System.Text;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine.Tests;

/// <summary>An engine with its output, fed by hand; offsets count up by themselves.</summary>
internal sealed class EngineBench
{
    /// <summary>The append time of every record, unless told otherwise.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private long _offset;

    public EngineBench(EngineSettings? settings = null)
    {
        Rules = new EngineRules(settings ?? ZScore);
        Engine = NewEngine();
    }

    public static EngineSettings ZScore { get; } = new() { Detector = "z-score", Window = 40, WarmUp = 20 };

    public EngineRules Rules { get; }

    public SeriesEngine Engine { get; private set; }

    public RecordedOutput Output { get; } = new();

    public SeriesEngine NewEngine() => new(new EngineScope("topic-id", "tidewatch.observations.hosts.v1", 3, "hosts"), Rules);

    public void Send(string series, int second, double value) =>
        Send(new Observation { Series = series, Time = Now.AddHours(-1).AddSeconds(second), Value = value });

    public void Send(Observation observation) => Send(ObservationCodec.Encode(observation));

    public void Send(string json) => Send(Encoding.UTF8.GetBytes(json));

    public void Send(byte[] message) => Engine.Apply(new InputRecord(_offset++, Now.ToUnixTimeMilliseconds(), default, message), Output);

    /// <summary>An unruly but bounded signal.</summary>
    public void SendNormal(string series, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            Send(series, i, Normal(i));
        }
    }

    public static double Normal(int i) => 50 + (5 * Math.Sin(i * 0.7)) + (i * 37 % 11 * 0.3);

    public byte[] Save()
    {
        var writer = new ArrayBufferWriter<byte>();
        Engine.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Goes on with a fresh engine that loaded <paramref name="state"/>.</summary>
    public void Restart(ReadOnlySpan<byte> state)
    {
        Engine = NewEngine();
        Engine.Load(state);
    }
}
