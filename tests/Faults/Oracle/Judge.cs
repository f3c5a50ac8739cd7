using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Faults.Rig;
using Tidewatch.Kafka;
using Tidewatch.Kafka.Audit;
using Tidewatch.Kafka.Connection;

namespace Tidewatch.Faults.Oracle;

/// <summary>E1 nothing lost, E2 nothing twice, E3 the offline run's state, E4 an unbroken chain: read from the topics as any reader could.</summary>
internal static class Judge
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="rig">The run, all of whose input is committed.</param>
    /// <param name="variants">The detectors' settings; where they changed, each link of the chain names the one in force.</param>
    public static async Task<Verdict> VerdictAsync(FaultRig rig, IReadOnlyList<IReadOnlyDictionary<string, string>> variants)
    {
        var (topics, links) = (rig.Topics, rig.Progress.Links);
        var input = (await topics.ReadToEndAsync(rig.Input, Patience)).ToLookup(r => r.Partition.Value);
        var alerts = await topics.ReadToEndAsync(topics.Names.Alerts, Patience);
        var letters = await topics.ReadToEndAsync(topics.Names.DeadLetters, Patience);
        var topicId = await TopicIdAsync(rig);
        var rules = variants.Select(Rules).DistinctBy(r => r.ConfigHash).ToDictionary(r => r.ConfigHash);
        var expected = Enumerable.Range(0, rig.Options.Partitions).SelectMany(p => StateLife.Of(links.Where(l => l.Partition == p)).Select(life =>
            new Expectation(new EngineScope(topicId, rig.Input, p, topics.Names.DomainOf(rig.Input)), rules, [.. input[p]], life))).ToList();

        var found = alerts.Select(a => (Id: Header(a, "ce_id"), Content: AlertContent.Of(a.Message)))
            .GroupBy(a => a.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var dead = letters.GroupBy(l => (Number(l, "partition"), Number(l, "offset"))).ToDictionary(g => g.Key, g => g.Count());
        var wanted = expected.SelectMany(e => e.Alerts).ToDictionary(a => a.Id, a => a.Content, StringComparer.Ordinal);
        var wantedDead = expected.SelectMany(e => e.Letters).ToHashSet();

        return new Verdict
        {
            Records = input.Sum(p => p.Count()),
            Alerts = alerts.Count,
            Letters = letters.Count,
            Lost = wanted.Keys.Count(id => !found.ContainsKey(id)) + wantedDead.Count(l => !dead.ContainsKey(l)),
            Duplicated = found.Values.Sum(a => a.Count - 1) + dead.Values.Sum(c => c - 1),
            Different = found.Count(a => !wanted.TryGetValue(a.Key, out var content) || a.Value.Exists(v => v.Content != content)) + dead.Keys.Count(l => !wantedDead.Contains(l)),
            Hashes = expected.Sum(e => e.Hashes),
            WrongHashes = expected.Sum(e => e.WrongHashes),
            Links = links.Count,
            Breaks = [.. Chain(rig), .. Ends(rig, input)],
        };
    }

    private static EngineRules Rules(IReadOnlyDictionary<string, string> settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build().GetSection("Detector").Get<EngineSettings>()!);

    /// <summary>The product's own audit.</summary>
    private static IEnumerable<string> Chain(FaultRig rig)
    {
        using var connection = new KafkaConnection(Options.Create(new KafkaOptions { BootstrapServers = rig.Cluster.Kafka.BootstrapServers, TopicPrefix = rig.Topics.Prefix }));
        return [.. new TopicAudit(connection, rig.Topics.Names).Run(CancellationToken.None).Breaks().Select(b => $"AUDIT {b.Kind} {b.Topic} [{b.Partition}] at {b.Offset}: {b.Detail}")];
    }

    /// <summary>The chain of each partition begins with its first record and ends with its last.</summary>
    private static IEnumerable<string> Ends(FaultRig rig, ILookup<int, ConsumeResult<byte[], byte[]>> input)
    {
        foreach (var partition in Enumerable.Range(0, rig.Options.Partitions))
        {
            var (first, last) = (rig.Progress.Links.FirstOrDefault(l => l.Partition == partition), rig.Progress.Last(partition));
            var end = input[partition].Select(r => r.Offset.Value + 1).DefaultIfEmpty().Max();
            if (first?.From != 0 || last?.To != end)
            {
                yield return $"the chain of partition {partition} runs from {first?.From} to {last?.To}, the input from 0 to {end}";
            }
        }
    }

    private static async Task<string> TopicIdAsync(FaultRig rig)
    {
        using var admin = rig.Topics.Admin();
        var described = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([rig.Input]));
        return described.TopicDescriptions[0].TopicId.ToString();
    }

    private static string Header(ConsumeResult<byte[], byte[]> record, string name) => Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes(name));

    private static long Number(ConsumeResult<byte[], byte[]> record, string name) => long.Parse(Header(record, DeadLetterCodec.Prefix + name), CultureInfo.InvariantCulture);
}
