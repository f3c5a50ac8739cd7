using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection.State;

namespace Tidewatch.Engine;

/// <summary>The bytes of a partition's state: magic, version, counters, the series in the order they first appeared, and a checksum over all of it.</summary>
internal static class EngineState
{
    /// <summary>Changes with the bytes or with the mathematics behind them.</summary>
    public const byte Version = 1;

    private const int ChecksumBytes = 8;
    private static ReadOnlySpan<byte> Magic => "TWES"u8;

    /// <summary>A series that has seen nothing; seeded by its id.</summary>
    public static SeriesState Make(byte[] id, FeatureOrder? features, EngineRules rules) =>
        new(id, features, rules.ProfileOf(Encoding.UTF8.GetString(id)), XxHash64.HashToUInt64(id));

    public static void Save(IBufferWriter<byte> target, EngineCounters counters, SeriesTable series)
    {
        var hash = new XxHash3();
        var writer = new StateWriter();
        foreach (var b in Magic)
        {
            writer.Write(b);
        }

        writer.Write(Version);
        counters.Save(writer);
        writer.Write(series.Count);
        for (var i = 0; i < series.Count; i++)
        {
            Save(writer, series[i]);
            Flush(writer, hash, target);
        }

        Flush(writer, hash, target);
        writer.Write(hash.GetCurrentHashAsUInt64());
        target.Write(writer.Written);
    }

    /// <summary>One series, its identity included.</summary>
    public static void Save(StateWriter writer, SeriesState series)
    {
        writer.WriteArray<byte>(series.Id);
        writer.Write(series.Features?.Count ?? 0);
        series.Features?.Save(writer);
        series.Save(writer);
    }

    /// <summary>Throws <see cref="StateFormatException"/> for bytes that <see cref="Save(IBufferWriter{byte}, EngineCounters, SeriesTable)"/> did not write.</summary>
    public static (EngineCounters Counters, SeriesTable Series) Load(ReadOnlySpan<byte> state, EngineRules rules)
    {
        var reader = new StateReader(Verified(state));
        reader.ReadVersion(Version);
        var counters = EngineCounters.Load(ref reader);
        var count = reader.ReadInt32(0, rules.MaxSeries);
        var series = new SeriesTable();
        for (var i = 0; i < count; i++)
        {
            series.Add(Load(ref reader, rules));
        }

        return reader.Remaining == 0 ? (counters, series) : throw new StateFormatException($"{reader.Remaining} bytes follow the last series");
    }

    private static SeriesState Load(ref StateReader reader, EngineRules rules)
    {
        var id = reader.ReadArray<byte>(ObservationCodec.MaxSeriesBytes);
        var features = reader.ReadInt32(0, ObservationCodec.MaxFeatures) is var count && count > 0 ? FeatureOrder.Load(ref reader, count) : null;
        var series = Make(id, features, rules);
        series.Load(ref reader);
        return series;
    }

    private static ReadOnlySpan<byte> Verified(ReadOnlySpan<byte> state)
    {
        if (state.Length < Magic.Length + ChecksumBytes || !state.StartsWith(Magic))
        {
            throw new StateFormatException($"{state.Length} bytes that are not a partition's state");
        }

        var content = state[..^ChecksumBytes];
        var checksum = new StateReader(state[^ChecksumBytes..]).ReadUInt64();
        return XxHash3.HashToUInt64(content) == checksum ? content[Magic.Length..] : throw new StateFormatException("the state is damaged: its checksum differs");
    }

    private static void Flush(StateWriter writer, XxHash3 hash, IBufferWriter<byte> target)
    {
        hash.Append(writer.Written);
        target.Write(writer.Written);
        writer.Clear();
    }
}
