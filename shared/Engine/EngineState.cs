using System.Buffers;
using System.IO.Hashing;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Detection.State;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine;

/// <summary>The bytes of a segment of a partition's state: magic, version, counters, series in the order they first appeared, and a checksum over all of it.</summary>
internal static class EngineState
{
    /// <summary>Changes with the bytes or with the mathematics behind them.</summary>
    public const byte Version = 1;

    /// <summary>Of bytes that count corrections: written once there are any, so that a state without is as it always was.</summary>
    private const byte WithCorrections = 2;

    private const int ChecksumBytes = 8;
    private static ReadOnlySpan<byte> Magic => "TWES"u8;

    /// <summary>A series that has seen nothing; seeded by its id.</summary>
    public static SeriesState Make(byte[] id, FeatureOrder? features, EngineRules rules) => new(id, features, rules);

    /// <summary>Writes the series that <paramref name="request"/> asks for; of series that are new to the reader none is left out.</summary>
    public static SegmentExtent Save(IBufferWriter<byte> target, EngineCounters counters, SeriesTable series, in SegmentRequest request)
    {
        var written = SeriesSet.CopyOf(request.Written);
        var known = new StateWriter();
        var (count, hand) = Changed(known, series, request, written);
        count += Copied(known, series, request, written);
        var hash = new XxHash3();
        var writer = new StateWriter();
        foreach (var b in Magic)
        {
            writer.Write(b);
        }

        writer.Write(counters.Corrected > 0 ? WithCorrections : Version);
        counters.Save(writer);
        writer.Write(count + series.Count - request.Known);
        Flush(writer, hash, target);
        Flush(known, hash, target);
        for (var i = request.Known; i < series.Count; i++)
        {
            Save(writer, series[i]);
            Flush(writer, hash, target);
            written.Add(i);
        }

        writer.Write(hash.GetCurrentHashAsUInt64());
        target.Write(writer.Written);
        return new SegmentExtent(hand, written);
    }

    private static (int Count, int Hand) Changed(StateWriter writer, SeriesTable series, in SegmentRequest request, SeriesSet written)
    {
        var (count, hand) = (0, request.From);
        for (; hand < request.Known && writer.Written.Length < request.MaxBytes; hand++)
        {
            if (series[hand].ChangedAt >= request.ChangedSince)
            {
                Save(writer, series[hand]);
                written.Add(hand);
                count++;
            }
        }

        return (count, hand);
    }

    /// <summary>Writes series that did not change, so that the segments before can be given up one day.</summary>
    private static int Copied(StateWriter writer, SeriesTable series, in SegmentRequest request, SeriesSet written)
    {
        var (count, before) = (0, writer.Written.Length);
        for (var i = written.NextAbsent(0); i < request.Known && count < request.Copies && writer.Written.Length - before < request.MaxBytes; i = written.NextAbsent(i + 1))
        {
            Save(writer, series[i]);
            written.Add(i);
            count++;
        }

        return count;
    }

    /// <summary>One series, its identity included.</summary>
    public static void Save(StateWriter writer, SeriesState series)
    {
        writer.WriteArray<byte>(series.Id);
        writer.Write(series.Features?.Count ?? 0);
        series.Features?.Save(writer);
        series.Save(writer);
    }

    /// <summary>Reads segments, oldest first; a series is as the last one has it. Throws <see cref="StateFormatException"/> for bytes that were not saved here.</summary>
    public static (EngineCounters Counters, SeriesTable Series) Load(IReadOnlyList<StateSegment> segments, EngineRules rules)
    {
        var (counters, series) = (default(EngineCounters), new SeriesTable());
        foreach (var segment in segments)
        {
            var reader = new StateReader(Verified(segment.Bytes.Span));
            counters = EngineCounters.Load(ref reader, reader.ReadVersion(WithCorrections) == WithCorrections);
            // Not the present limit: a lowered one keeps the series that are there.
            for (var left = reader.ReadInt32(0, EngineSettings.MostSeries); left > 0; left--)
            {
                Load(ref reader, series, rules).Stamp = segment.Stamp;
            }

            if (reader.Remaining > 0)
            {
                throw new StateFormatException($"{reader.Remaining} bytes follow the last series");
            }
        }

        return (counters, series);
    }

    private static SeriesState Load(ref StateReader reader, SeriesTable table, EngineRules rules)
    {
        var id = reader.ReadArray<byte>(ObservationCodec.MaxSeriesBytes);
        var features = reader.ReadInt32(0, ObservationCodec.MaxFeatures) is var count && count > 0 ? FeatureOrder.Load(ref reader, count) : null;
        if (table.Find(id) is not { } series)
        {
            series = Make(id, features, rules);
            table.Add(series);
        }
        else if (series.Features?.Count != features?.Count)
        {
            throw new StateFormatException($"series {series.Name} has {features?.Count ?? 1} features in one segment, {series.Features?.Count ?? 1} in one before");
        }

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
