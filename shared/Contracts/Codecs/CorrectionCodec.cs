using System.Text.Json;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Corrections as JSON: <c>{"series":"…","time":"…Z","feedback":"falseAlarm","score":0.8}</c>. They stand among the observations of their series.</summary>
/// <remarks>Unknown fields are ignored. Decoding never throws, whatever the bytes.</remarks>
public static class CorrectionCodec
{
    /// <summary>The record's value for <paramref name="correction"/>.</summary>
    public static byte[] Encode(Correction correction) => JsonSerializer.SerializeToUtf8Bytes(correction, ContractJson.Default.Correction);

    /// <summary>Decodes <paramref name="message"/>; false, with the reason, when it is not a correction.</summary>
    /// <param name="message">The record's value.</param>
    /// <param name="frame">What <see cref="ObservationCodec.TryDecode"/> found in it: <see cref="ObservationFrame.IsCorrection"/>.</param>
    /// <param name="correction">The correction; null when it is none.</param>
    /// <param name="error">Why it is none.</param>
    public static bool TryDecode(ReadOnlySpan<byte> message, ObservationFrame frame, out Correction? correction, out DecodeError error)
    {
        try
        {
            (correction, error) = new CorrectionReader(message).Read(frame);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            (correction, error) = (null, new(RejectCode.MalformedJson, "not a JSON object of UTF-8 text"));
        }

        return correction is not null;
    }
}
