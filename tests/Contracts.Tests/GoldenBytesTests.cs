using System.Text;
using Shouldly;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Contracts.Tests;

/// <summary>What version 1 looks like on the wire: these texts may be added to, never changed.</summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void Observation_Encode_IsV1() => Encoding.UTF8.GetString(ObservationCodec.Encode(Samples.Observation)).ShouldBe(
        """{"series":"hosts/web-1/cpu","time":"2026-01-31T12:00:00.250Z","value":0.75,"attributes":{"region":"eu-west"},"label":true}""");

    [Fact]
    public void Alert_Encode_IsV1() => Encoding.UTF8.GetString(AlertCodec.Encode(Samples.Alert)).ShouldBe(
        """{"id":"s2p4lb53zh2sgd2xc5o6nzr7jy","key":"gnbguwuqp2t66fs56bl6jb6cdi","state":"opened","series":"hosts/web-1/cpu","domain":"hosts","detector":"z-score","time":"2026-01-31T12:00:00.250Z","openedAt":"2026-01-31T12:00:00.250Z","value":0.97,"expected":{"lower":0.1,"center":0.3,"upper":0.5},"zScore":10.05,"score":0.77,"threshold":0.5,"severity":"extreme","direction":"spike","reason":"0.97 is 10.05 standard deviations above 0.3","attributes":{"region":"eu-west"},"source":{"topic":"tidewatch.observations.hosts.v1","partition":3,"offset":42},"coldStart":false}""");

    [Fact]
    public void EnsembleAlert_Encode_AddsWhoHadAPart() => Encoding.UTF8.GetString(AlertCodec.Encode(Samples.EnsembleAlert)).ShouldContain(
        ""","contributions":{"features":[{"name":"cpu","share":0.8},{"name":"memory","share":0.2}],"exact":true,"detectors":[{"name":"ewma","share":0.625},{"name":"iqr","share":0.375}]},"interval":{"lower":0.41,"upper":0.93},"disagreement":0.125,"attributes":""");

    [Fact]
    public void Alert_Headers_AreCloudEventsBinaryMode() => Lines(AlertCodec.Headers(Samples.Alert)).ShouldBe(
    [
        "content-type: application/json",
        "ce_specversion: 1.0",
        "ce_id: s2p4lb53zh2sgd2xc5o6nzr7jy",
        "ce_type: io.tidewatch.anomaly.opened.v1",
        "ce_source: /detectors/z-score",
        "ce_subject: hosts/web-1/cpu",
        "ce_time: 2026-01-31T12:00:00.250Z",
        "ce_dataschema: https://tidewatch.dev/schemas/alert.v1.json",
    ]);

    [Fact]
    public void DeadLetter_Headers_AreV1() => Lines(DeadLetterCodec.Headers(Samples.DeadLetter)).ShouldBe(
    [
        "__tidewatch.errors.topic: tidewatch.observations.hosts.v1",
        "__tidewatch.errors.partition: 3",
        "__tidewatch.errors.offset: 42",
        "__tidewatch.errors.timestamp: 1769860800250",
        "__tidewatch.errors.stage: decode",
        "__tidewatch.errors.code: malformed_json",
        "__tidewatch.errors.message: not JSON at byte 1",
        "__tidewatch.errors.attempts: 1",
        "__tidewatch.errors.service: detector",
    ]);

    [Fact]
    public void Alert_Decode_GivesBackWhatWasEncoded()
    {
        AlertCodec.TryDecode(AlertCodec.Encode(Samples.Alert), out var alert, out _).ShouldBeTrue();
        AlertCodec.Encode(alert!).ShouldBe(AlertCodec.Encode(Samples.Alert));
    }

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, byte[]>> headers) =>
        headers.Select(h => $"{h.Key}: {Encoding.UTF8.GetString(h.Value)}");
}
