using Confluent.Kafka;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Topics;
using Tidewatch.TestKit;

namespace Tidewatch.Detector.Tests.Process;

/// <summary>Ordinary observations of some series with spikes at known places, and the detector's settings for them.</summary>
/// <remarks>Several detectors can read one <paramref name="input"/>, each with alerts under a prefix of its own: their ids are the same then.</remarks>
internal sealed class Scenario(string bootstrapServers, string prefix, string input, int partitions = 2)
{
    private readonly TopicNames _input = new(input);

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public const int Series = 20;

    public Topics Topics { get; } = new(bootstrapServers, prefix);

    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["Kafka:BootstrapServers"] = bootstrapServers,
        ["Kafka:TopicPrefix"] = prefix,
        ["Kafka:Partitions"] = $"{partitions}",
        ["Detector:Detector"] = "z-score",
        ["Detector:Window"] = "40",
        ["Detector:WarmUp"] = "20",
        ["Detector:Domains:0"] = "hosts",
        ["Detector:Topics:0"] = new TopicNames(input).Observations("hosts"),
        ["Detector:InstanceId"] = prefix,
        ["Detector:CommitInterval"] = "00:00:00.050",
        ["Detector:SnapshotInterval"] = "00:00:01",
        ["Detector:SessionTimeout"] = "00:00:06",
        ["Output:Folder"] = Directory.CreateTempSubdirectory("tidewatch-detector-").FullName,
        ["Detector:MarksDirectory"] = Directory.CreateTempSubdirectory("tidewatch-marks-").FullName,
    };

    /// <summary>Alerts that steps <paramref name="from"/> to <paramref name="to"/> open.</summary>
    public static int Spikes(int from, int to) => Enumerable.Range(from, to - from).Count(IsSpike) * Series;

    /// <summary>Whether each spike of one series is called a false alarm afterwards, of a lower score than spikes have: thresholds move, and all spikes still alert.</summary>
    public bool Corrects { get; init; }

    /// <summary>Corrections sent with steps <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static int Corrections(int from, int to) => Enumerable.Range(from, to - from).Count(s => IsSpike(s - 1));

    public Task CreateAsync() => Topics.CreateAsync(partitions);

    /// <summary>One observation of every series at each step.</summary>
    public void Send(int from, int to, int stepMs = 0)
    {
        using var producer = Topics.Producer();
        for (var step = from; step < to; step++)
        {
            for (var series = 0; series < Series; series++)
            {
                var id = $"hosts/{series}";
                var value = IsSpike(step) ? 500 : 50 + (5 * Math.Sin((step + series) * 0.7)) + ((step + series) * 37 % 11 * 0.3);
                Send(producer, id, ObservationCodec.Encode(new Observation { Series = id, Time = Start.AddSeconds(step), Value = value }), step);
            }

            if (Corrects && IsSpike(step - 1))
            {
                Send(producer, "hosts/1", CorrectionCodec.Encode(new Correction { Series = "hosts/1", Time = Start.AddSeconds(step - 1), Feedback = Feedback.FalseAlarm, Score = 0.6 }), step);
            }

            if (stepMs > 0)
            {
                producer.Flush(TimeSpan.FromSeconds(10));
                Thread.Sleep(stepMs);
            }
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }

    public void Send(byte[] message)
    {
        using var producer = Topics.Producer();
        Send(producer, "hosts/0", message, 100_000);
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    /// <summary>Alerts of a state, once there are <paramref name="count"/> or the time is up.</summary>
    public List<ConsumeResult<byte[], byte[]>> Alerts(int count) => Topics.Read(Topics.Names.Alerts, found => found.Count(IsOpened) >= count, TimeSpan.FromSeconds(90));

    public static bool IsOpened(ConsumeResult<byte[], byte[]> record) => AlertCodec.TryDecode(record.Message.Value, out var alert, out _) && alert!.State == AlertState.Opened;

    private static bool IsSpike(int step) => step > 30 && step % 60 == 45;

    private void Send(IProducer<byte[], byte[]> producer, string key, byte[] message, int step) => producer.Produce(
        new TopicPartition(_input.Observations("hosts"), key.Length > 7 ? 0 : key[^1] % partitions),
        new Message<byte[], byte[]> { Key = System.Text.Encoding.UTF8.GetBytes(key), Value = message, Timestamp = new Timestamp(Start.AddSeconds(step)) });
}
