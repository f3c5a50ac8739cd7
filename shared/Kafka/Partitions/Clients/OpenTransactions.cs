using System.Diagnostics;
using Confluent.Kafka;
using Tidewatch.Contracts.Topics;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>Where in the topics that detectors write to a transaction is open, whoever's it is.</summary>
internal sealed class OpenTransactions(TopicDirectory directory, TopicNames names)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly TopicPartition _progress = new(names.Progress, 0);
    private readonly Lazy<IReadOnlyList<TopicPartition>> _written = new(() => directory.Partitions([names.Alerts, names.Scores, names.DeadLetters, names.Progress]));

    /// <summary>Partitions in which a read_committed reader does not come to the end.</summary>
    public IReadOnlyList<TopicPartition> Find() => Before(directory.UncommittedEnds(_written.Value));

    /// <summary>Waits until every link that stands in the progress topic now has been committed or aborted; false when one has not within <paramref name="patience"/>.</summary>
    public bool AwaitProgress(TimeSpan patience)
    {
        var ends = directory.UncommittedEnds([_progress]);
        for (var began = Stopwatch.GetTimestamp(); Before(ends).Count > 0; Thread.Sleep(Step))
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is said where that is waited for in vain.</summary>
    public static string HoldBack(string what, TimeSpan waited, TimeSpan timeout) =>
        $"an open transaction has held back {what} for {waited.TotalSeconds} s; if that lasts for minutes, while a transaction may take {timeout.TotalSeconds} s, nothing will end it: "
        + "see docs/deploy.md, Hanging transactions (kafka-transactions.sh find-hanging and abort)";

    private List<TopicPartition> Before(IReadOnlyDictionary<TopicPartition, long> ends)
    {
        var committed = directory.CommittedEnds(ends.Keys);
        return [.. ends.Where(e => committed[e.Key] < e.Value).Select(e => e.Key)];
    }
}
