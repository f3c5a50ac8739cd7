using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Observations as JSON: <c>{"series":"…","time":"…Z","value":1.5}</c>, or <c>"features":{"a":1,"b":2}</c> in place of the value.</summary>
/// <remarks>Unknown fields are ignored, so producers may add to v1; with <c>feedback</c> in the place of a value it is a <see cref="Correction"/>. Decoding never throws, whatever the bytes.</remarks>
public static class ObservationCodec
{
    /// <summary>Longest series id, UTF-8 bytes.</summary>
    public const int MaxSeriesBytes = 256;

    /// <summary>Most features of one observation.</summary>
    public const int MaxFeatures = 64;

    /// <summary>Longest name of a feature, UTF-8 bytes.</summary>
    public const int MaxNameBytes = 128;

    /// <summary>Longest message, bytes.</summary>
    public const int MaxMessageBytes = 65_536;

    /// <summary>The record's value for <paramref name="observation"/>.</summary>
    public static byte[] Encode(Observation observation) => JsonSerializer.SerializeToUtf8Bytes(observation, ContractJson.Default.Observation);

    /// <summary>Decodes into <paramref name="frame"/>; false, with the reason, when the bytes are not an observation.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, ObservationFrame frame, out DecodeError error)
    {
        frame.Clear();
        if (message.Length > MaxMessageBytes)
        {
            error = new(RejectCode.TooLarge, $"the message has {message.Length} bytes, at most {MaxMessageBytes} are read: send one observation a message");
            return false;
        }

        try
        {
            error = new ObservationReader(message, frame).Read();
        }
        catch (JsonException e)
        {
            error = new(RejectCode.MalformedJson, $"not JSON at byte {e.BytePositionInLine}: {e.Message.Split(". ")[0]}");
        }
        catch (InvalidOperationException)
        {
            error = new(RejectCode.MalformedJson, "a string holds bytes that are not UTF-8: encode text as UTF-8");
        }

        return error.IsNone;
    }
}
