using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Models;

/// <summary>The bytes of a model file: mark, version, kind, name, options, columns, seed, rows, last time, threshold, state, and the SHA-256 of all before it.</summary>
/// <remarks>
/// Little-endian; texts are UTF-8 with their length before them. Version 2 had no last time, version 1 the number of columns instead of their names, and no threshold.
/// Nothing in a file names a type, every length is checked against a limit and against the bytes that are there, and options that would take
/// more than <see cref="MostValues"/> values a window are refused: a file of any content costs little until its checksum and options are right.
/// </remarks>
public static class ModelFile
{
    public const int Newest = 3;

    /// <summary>Most bytes of a file, 1 GiB.</summary>
    public const int MostBytes = 1 << 30;

    /// <summary>Most columns times the largest whole number among the options: 32 MiB of values.</summary>
    public const int MostValues = 1 << 22;

    private const int MostColumns = 1_024;
    private const int LongestName = 256;
    private const int LongestOptions = 1 << 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Mark => [0x89, (byte)'T', (byte)'W', (byte)'M', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] Write(SavedModel model)
    {
        var writer = new StateWriter();
        foreach (var mark in Mark)
        {
            writer.Write(mark);
        }

        writer.Write((byte)Newest);
        writer.Write((byte)model.Kind);
        WriteText(writer, model.Detector);
        WriteText(writer, OptionsJson.Write(model.Options));
        writer.Write(model.Columns.Count);
        foreach (var column in model.Columns)
        {
            WriteText(writer, column);
        }

        writer.Write(model.Seed);
        writer.Write(model.Rows);
        writer.Write(model.LastMs);
        writer.Write(model.Threshold);
        writer.WriteArray(model.State.Span);
        return [.. writer.Written, .. SHA256.HashData(writer.Written)];
    }

    /// <summary>What <see cref="Write"/> wrote, of this version or one before. Throws <see cref="ModelFormatException"/> for anything else.</summary>
    public static SavedModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Mark.Length + SHA256.HashSizeInBytes || bytes.Length > MostBytes || !bytes.StartsWith(Mark))
        {
            throw new ModelFormatException("no model file: it does not begin as one; 'tidewatch train' makes them");
        }

        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(content), bytes[^SHA256.HashSizeInBytes..]))
        {
            throw new ModelFormatException("the checksum does not fit: the file is damaged or was not written to its end");
        }

        try
        {
            var reader = new StateReader(content[Mark.Length..]);
            var model = ReadContent(ref reader);
            return reader.Remaining == 0 ? model : throw new ModelFormatException($"{reader.Remaining} bytes are left after the state");
        }
        catch (StateFormatException e)
        {
            throw new ModelFormatException(e.Message, e);
        }
        catch (ValidationException e)
        {
            throw new ModelFormatException(e.Message, e);
        }
    }

    /// <summary>Throws <see cref="ModelFormatException"/> where detectors of these options would together take more than <see cref="MostValues"/> values a window.</summary>
    /// <param name="columns">Values of each row.</param>
    /// <param name="options">Of every detector.</param>
    public static void CheckSize(int columns, IEnumerable<DetectorOptions> options)
    {
        var size = columns * options.Sum(LargestOf);
        if (size > MostValues)
        {
            throw new ModelFormatException($"{columns} columns under these options take {size} values a window, more than {MostValues}");
        }
    }

    private static SavedModel ReadContent(ref StateReader reader)
    {
        var version = reader.ReadVersion(Newest);
        var kind = reader.ReadByte() switch
        {
            (byte)ModelKind.Stream => ModelKind.Stream,
            (byte)ModelKind.Batch => ModelKind.Batch,
            (byte)ModelKind.Profile => ModelKind.Profile,
            var other => throw new ModelFormatException($"kind {other} is unknown"),
        };
        var (detector, optionsType) = Entry(kind, ReadText(ref reader, LongestName));
        var options = OptionsJson.Read(ReadText(ref reader, LongestOptions), optionsType);
        var columns = version == 1 ? Unnamed(reader.ReadInt32(1, MostColumns)) : ReadColumns(ref reader);
        CheckSize(columns.Length, [options]);
        var (seed, rows) = (reader.ReadUInt64(), reader.ReadInt64());
        return new SavedModel
        {
            Version = version,
            Kind = kind,
            Detector = detector,
            Options = options,
            Columns = columns,
            Seed = seed,
            Rows = rows,
            LastMs = version < 3 ? rows * 1000 : reader.ReadInt64(),
            Threshold = version == 1 ? 0.5 : ReadThreshold(ref reader),
            State = reader.ReadArray<byte>(MostBytes),
        };
    }

    private static (string Name, Type OptionsType) Entry(ModelKind kind, string name)
    {
        try
        {
            return kind switch
            {
                ModelKind.Stream => (DetectorCatalog.Get(name).Name, DetectorCatalog.Get(name).OptionsType),
                ModelKind.Batch => (BatchCatalog.Get(name).Name, BatchCatalog.Get(name).OptionsType),
                _ => (name, typeof(PipelineOptions)),
            };
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(e.Message, e);
        }
    }

    private static string[] Unnamed(int count) => [.. Enumerable.Range(0, count).Select(i => $"value{i}")];

    private static string[] ReadColumns(ref StateReader reader)
    {
        var columns = new string[reader.ReadInt32(1, MostColumns)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = ReadText(ref reader, LongestName);
        }

        return columns;
    }

    private static double ReadThreshold(ref StateReader reader) => reader.ReadDouble() is > 0 and <= 1 and var threshold ? threshold : throw new ModelFormatException("the threshold lies outside 0 to 1");

    private static long LargestOf(DetectorOptions options) => options.GetType().GetProperties().Select(p => p.GetValue(options)).Aggregate(1L, (largest, v) => Math.Max(largest, v switch
    {
        int number => Math.Abs((long)number),
        DetectorOptions inner => LargestOf(inner),
        _ => 1,
    }));

    private static void WriteText(StateWriter writer, string text) => writer.WriteArray<byte>(Utf8.GetBytes(text));

    private static string ReadText(ref StateReader reader, int longest)
    {
        try
        {
            return Utf8.GetString(reader.ReadArray<byte>(longest));
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFormatException("a text is not UTF-8", e);
        }
    }
}
