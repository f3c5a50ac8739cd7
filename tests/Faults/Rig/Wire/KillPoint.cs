using System.Text;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Faults.Rig.Wire;

/// <summary>A step of a detector that shows on the wire, before or after which it can be killed.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="IsAtStart">Whether it comes soon after a start and then seldom.</param>
/// <param name="Most">The request killed at is one of the first so many.</param>
/// <param name="IsToRedis">Whether Redis sees it; else Kafka does.</param>
/// <param name="IsIt">Knows its request.</param>
internal sealed record KillPoint(string Name, bool IsAtStart, int Most, bool IsToRedis, Func<byte[], bool> IsIt)
{
    private const int Often = 3;
    private const int ChunkKeys = 2;
    private const int LeastManifestKeys = 4;

    /// <summary>All of them, in the order in which a transaction and its snapshot meet them.</summary>
    public static IReadOnlyList<KillPoint> Of(TopicNames topics) =>
    [
        To("InitProducerId", KafkaRequest.InitProducerId, startOnly: 1),
        To("AddPartitionsToTxn", KafkaRequest.AddPartitionsToTxn),
        To("Produce of alerts", KafkaRequest.Produce, topics.Alerts),
        To("Produce of dead letters", KafkaRequest.Produce, topics.DeadLetters),
        To("Produce of the chain's links", KafkaRequest.Produce, topics.Progress),
        To("AddOffsetsToTxn", KafkaRequest.AddOffsetsToTxn),
        To("TxnOffsetCommit", KafkaRequest.TxnOffsetCommit),
        To("EndTxn", KafkaRequest.EndTxn),
        new("snapshot chunk", false, Often, true, r => RedisRequest.ScriptKeys(r) == ChunkKeys),
        new("snapshot manifest", false, Often, true, r => RedisRequest.ScriptKeys(r) >= LeastManifestKeys),
        To("durable snapshot", KafkaRequest.Produce, topics.Snapshots, startOnly: 2),
    ];

    private static KillPoint To(string name, short api, string topic = "", int? startOnly = null)
    {
        var bytes = Encoding.UTF8.GetBytes(topic);
        return new(name, startOnly is not null, startOnly ?? Often, false, r => KafkaRequest.Api(r) == api && r.AsSpan().IndexOf(bytes) >= 0);
    }
}
