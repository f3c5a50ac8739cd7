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

    /// <summary>Everything sent, in order.</summary>
    public List<(long Offset, byte[] Message)> Sent { get; } = [];

    /// <summary>The next record's offset.</summary>
    public long Offset => _offset;

    public SeriesEngine NewEngine() => new(new EngineScope("topic-id", "tidewatch.observations.hosts.v1", 3, "hosts"), Rules);

    public void Send(string series, int second, double value) =>
        Send(new Observation { Series = series, Time = Now.AddHours(-1).AddSeconds(second), Value = value });

    public void Send(Observation observation) => Send(ObservationCodec.Encode(observation));

    public void Send(string json) => Send(Encoding.UTF8.GetBytes(json));

    public void Send(byte[] message) => Send((_offset, message));

    /// <summary>Sends a record with an offset of its own.</summary>
    public void Send((long Offset, byte[] Message) record)
    {
        Sent.Add(record);
        Engine.Apply(new InputRecord(record.Offset, Now.ToUnixTimeMilliseconds(), default, record.Message), Output);
        _offset = record.Offset + 1;
    }

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
        Engine.Save(writer, SegmentRequest.Whole);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Loads a whole state that holds everything sent so far.</summary>
    public void Load(byte[] state) => Engine.Load([new StateSegment(_offset, state)]);

    /// <summary>Goes on with a fresh engine that loaded <paramref name="state"/>.</summary>
    public void Restart(byte[] state)
    {
        Engine = NewEngine();
        Load(state);
    }
}
