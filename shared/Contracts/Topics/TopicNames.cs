namespace Tidewatch.Contracts.Topics;

/// <summary>Names and settings of every topic under one prefix (default <c>tidewatch</c>).</summary>
public sealed class TopicNames(string prefix = "tidewatch")
{
    /// <summary>The domains that producers of this suite publish to; operators may add their own.</summary>
    public static readonly IReadOnlyList<string> Domains = ["stocks", "hosts", "payments", "iot", "network", "users", "replay"];

    public string Alerts => $"{prefix}.alerts.v1";
    public string DeadLetters => $"{prefix}.deadletters.v1";
    public string Progress => $"{prefix}.progress.v1";
    public string Snapshots => $"{prefix}.snapshots.v1";
    public string Scores => $"{prefix}.scores.v1";

    /// <summary>The input topic of <paramref name="domain"/>.</summary>
    public string Observations(string domain) => $"{prefix}.observations.{domain}.v1";

    /// <summary>The domain of an input topic; the whole name when it is not one of ours.</summary>
    public string DomainOf(string topic)
    {
        var start = $"{prefix}.observations.";
        return topic.StartsWith(start, StringComparison.Ordinal) && topic.EndsWith(".v1", StringComparison.Ordinal)
            ? topic[start.Length..^3]
            : topic;
    }

    /// <summary>Every topic with its settings.</summary>
    public IEnumerable<TopicSpec> All(int partitions)
    {
        foreach (var domain in Domains)
        {
            yield return Delete(Observations(domain), partitions, days: 7);
        }

        // Anyone reads the alerts, and not every client brings LZ4 along: the broker unpacks them.
        yield return Delete(Alerts, partitions, days: 30, ("compression.type", "uncompressed"));
        yield return Delete(Scores, partitions, days: 1);
        yield return Delete(DeadLetters, partitions, days: 14, ("max.message.bytes", "2097152"));
        yield return Compact(Progress, "compact,delete", ("segment.bytes", "67108864"), ("min.compaction.lag.ms", "86400000"));
        yield return Compact(Snapshots, "compact", ("segment.bytes", "67108864"), ("min.cleanable.dirty.ratio", "0.2"));
    }

    private static TopicSpec Delete(string name, int partitions, int days, params (string Key, string Value)[] more) =>
        new(name, partitions, Settings([("cleanup.policy", "delete"), ("retention.ms", (days * 86_400_000L).ToString(System.Globalization.CultureInfo.InvariantCulture)), .. more]));

    private static TopicSpec Compact(string name, string policy, params (string Key, string Value)[] more) => new(name, 1, Settings([("cleanup.policy", policy), .. more]));

    /// <summary>Brokers stamp every record, by their own clock: a writer whose clock is wrong is neither refused, nor are its records kept too long or not long enough.</summary>
    private static Dictionary<string, string> Settings(IEnumerable<(string Key, string Value)> settings) =>
        settings.Prepend((Key: "message.timestamp.type", Value: "LogAppendTime")).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
}
