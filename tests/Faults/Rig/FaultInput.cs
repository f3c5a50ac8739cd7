using System.Text;
using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;

namespace Tidewatch.Faults.Rig;

/// <summary>The input, a pure function of seed and number: ordinary values with labelled spikes, 1 % poison, 1 % duplicates, 1 % late and some from the far future.</summary>
/// <param name="seed">Decides about everything.</param>
/// <param name="partitions">Partitions that the series are spread over.</param>
/// <param name="times">How many times as many bad, double and late records.</param>
/// <param name="corrections">How many of a thousand records are corrections.</param>
internal sealed class FaultInput(int seed, int partitions, int times = 1, int corrections = 0)
{
    public const int Series = 60;
    private const int SpikeEvery = 60;
    private const int PoisonPerMille = 10;
    private const int DuplicatePerMille = 20;
    private const int LatePerMille = 30;
    private const int FuturePerMille = 32;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The record of number <paramref name="n"/> and its partition; its timestamp goes with the event time, so that two runs judge alike.</summary>
    public (int Partition, Message<byte[], byte[]> Message) At(long n)
    {
        var (series, step) = ((int)(n % Series), n / Series);
        var id = IdOf(series);
        var time = Start.AddSeconds(step);
        var lot = Hash(n, 1) % 1_000;
        var value = (lot / (ulong)times) switch
        {
            < PoisonPerMille => Poison(id, time, Hash(n, 2)),
            < DuplicatePerMille when step > 0 => Ordinary(series, id, step - 1),
            < LatePerMille when step > 5 => Ordinary(series, id, step - 5),
            < FuturePerMille => Encode(id, time.AddDays(2), 50, isSpike: false),
            _ when step > 0 && Hash(n, 4) % 1_000 < (ulong)corrections => Correct(id, time.AddSeconds(-1), Hash(n, 5)),
            _ => Ordinary(series, id, step),
        };
        return (series % partitions, new() { Key = Encoding.UTF8.GetBytes(id), Value = value, Timestamp = new Timestamp(time) });
    }

    /// <summary>Most series have the default detector; some carry a larger or a random state.</summary>
    private static string IdOf(int series) => (series % 20) switch
    {
        7 => $"forest/{series}",
        11 => $"trees/{series}",
        _ => $"hosts/web-{series}/cpu",
    };

    private byte[] Ordinary(int series, string id, long step)
    {
        var isSpike = step > 30 && (step + (series * 7)) % SpikeEvery == 0;
        var value = isSpike ? 500 + series : Math.Round(50 + (5 * Math.Sin((step + series) * 0.7)) + (Hash((step * Series) + series, 3) % 100 * 0.03), 3);
        return Encode(id, Start.AddSeconds(step), value, isSpike);
    }

    private static byte[] Encode(string id, DateTimeOffset time, double value, bool isSpike) =>
        ObservationCodec.Encode(new Observation { Series = id, Time = time, Value = value, Label = isSpike ? true : null });

    private static byte[] Correct(string id, DateTimeOffset time, ulong lot) =>
        CorrectionCodec.Encode(new Correction { Series = id, Time = time, Feedback = (Feedback)(lot % 3), Score = lot / 3 % 100 / 100.0 });

    private static byte[] Poison(string id, DateTimeOffset time, ulong lot) => (lot % 40) switch
    {
        0 => Encoding.UTF8.GetBytes($$"""{"series":"{{id}}","time":1,"value":1,"x":"{{new string('x', 900_000)}}"}"""),
        < 5 => "{"u8.ToArray(),
        < 10 => [0x7b, 0xff, 0xfe, 0x80, 0x7d],
        < 15 => "[]"u8.ToArray(),
        < 20 => Encoding.UTF8.GetBytes($$"""{"series":"{{id}}","time":{{time.ToUnixTimeMilliseconds()}},"value":"NaN"}"""),
        < 25 => Encoding.UTF8.GetBytes($$"""{"series":"{{id}}","time":{{time.ToUnixTimeMilliseconds()}},"value":1e999}"""),
        < 30 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200))),
        < 35 => Encoding.UTF8.GetBytes($$"""{"series":7,"time":{{time.ToUnixTimeMilliseconds()}},"value":1}"""),
        _ => [],
    };

    /// <summary>splitmix64 of the number, one stream for each purpose.</summary>
    private ulong Hash(long n, int purpose)
    {
        var z = (ulong)n + ((ulong)seed << 40) + ((ulong)purpose << 56) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
