using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Contracts.Tests;

/// <summary>No byte sequence makes a codec throw.</summary>
public sealed class CodecPropertyTests
{
    private static readonly byte[][] Seeds =
    [
        ObservationCodec.Encode(Samples.Observation),
        """{"series":"a","time":"2026-01-31T12:00:00Z","features":{"a":1,"b":-2e5},"attributes":{"x":"\u00e9"},"label":null}"""u8.ToArray(),
        AlertCodec.Encode(Samples.Alert),
        CorrectionCodec.Encode(Correction.Of(Samples.Alert, Feedback.Missed)),
    ];

    [Fact]
    public void Decoders_AnyBytes_DoNotThrow() =>
        Prop.ForAll<byte[]>(bytes => Decode(bytes ?? [])).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Decoders_DamagedMessages_DoNotThrow()
    {
        var damage = from seed in Gen.Elements(Seeds)
                     from place in Gen.Choose(0, seed.Length - 1)
                     from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ListOf(3)
                     from cut in Gen.Choose(0, 3)
                     select (byte[])[.. seed[..place], .. bytes, .. seed[Math.Min(seed.Length, place + cut)..]];
        Prop.ForAll(damage.ToArbitrary(), Decode).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static bool Decode(byte[] bytes)
    {
        var frame = new ObservationFrame();
        if (ObservationCodec.TryDecode(bytes, frame, out var error))
        {
            _ = frame.ToObservation(bytes);
        }
        else
        {
            error.Message.ShouldNotBeNullOrEmpty();
            (CorrectionCodec.TryDecode(bytes, frame, out var correction, out var why) == (correction is not null)).ShouldBe(true);
            (correction is null ? why.Message : correction.Series).ShouldNotBeNull();
        }

        return AlertCodec.TryDecode(bytes, out _, out var reason) == reason is null;
    }
}
