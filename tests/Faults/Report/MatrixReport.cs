using System.Runtime.InteropServices;
using System.Text;

namespace Tidewatch.Faults.Report;

/// <summary>The matrix as a page of docs/results.</summary>
internal static class MatrixReport
{
    /// <summary>Rows of the matrix that are not run, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotRun { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["27c"] = "a mail server away is the notifier's own tests'; the notifier has no channel to Alertmanager, and PostgreSQL holds only the model registry of the command line: detection writes to neither, whether they are away or their disks full",
    };

    /// <param name="parts">The rows that were run, in their order.</param>
    public static string Of(IReadOnlyList<MatrixPart> parts)
    {
        var results = parts.Select(p => p.Result).ToList();
        var text = new StringBuilder($"""
            # Fault matrix

            {Origin(parts)}
            Detectors as processes on real Kafka and Redis, a topic fed at 2,000 observations a second with 1 % poison, 1 % duplicates
            and 1 % late records. After each row everything on the topics is held against the same engine run over the input in one go, without Kafka and faults: alerts and dead letters
            one by one and byte by byte, the state's hash wherever a link of the chain carries one (the very end of each partition included), and the chain by the product's own audit.
            Recovery is the time from the fault (or the end of an outage) until every partition has committed what had been written by then.
            {Environment.ProcessorCount} cores for brokers, Redis, detectors and test together; {RuntimeInformation.FrameworkDescription}.

            | row | fault | faults | records | alerts | lost | duplicated | state hashes | chain | recovery p50 | p99 | violations |
            |---|---|---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (var row in results)
        {
            var verdict = row.Verdict;
            text.AppendLine(
                $"| {row.Number} | {row.Name} | {row.Faults} | {verdict.Records:N0} | {verdict.Alerts:N0} | {verdict.Lost} | {verdict.Duplicated} | {Hashes(verdict)} | {Chain(verdict)} "
                + $"| {row.Recovery(0.5)} | {row.Recovery(0.99)} | {(row.Violations.Count == 0 ? row.Note.Length > 0 ? $"0 ({row.Note})" : "0" : string.Join("; ", row.Violations.Select(OneLine)))} |");
        }

        foreach (var (number, why) in Missing(results))
        {
            text.AppendLine($"| {number} | not run: {why} | | | | | | | | | | |");
        }

        var recoveries = results.SelectMany(r => r.Recoveries).Order().ToList();
        text.AppendLine();
        text.AppendLine($"{results.Count} rows, {results.Sum(r => r.Faults):N0} faults, {results.Sum(r => (long)r.Verdict.Records):N0} records, {results.Sum(r => (long)r.Verdict.Alerts):N0} alerts, "
            + $"{results.Sum(r => r.Violations.Count)} violations; longest recovery {(recoveries.Count > 0 ? recoveries[^1].TotalSeconds : 0):F1} s; {results.Sum(r => r.Took.TotalMinutes):F0} minutes.");
        return text.ToString();
    }

    private static string Origin(IReadOnlyList<MatrixPart> parts)
    {
        var commands = parts.GroupBy(p => p.Command, StringComparer.Ordinal).Select(c => $"`{c.Key}`{(c.Count() == parts.Count ? "" : $" ({string.Join(", ", c.Select(p => p.Result.Number))})")}").ToList();
        return commands.Count == 1 ? $"Printed by {commands[0]}." : $"Put together by `make faults-report` of the rows of {commands.Count} runs:\n{string.Join(",\n", commands)}.\n";
    }

    private static IEnumerable<(string Number, string Why)> Missing(IReadOnlyList<RowResult> results) => FaultCatalog.All
        .Where(r => results.All(result => result.Number != r.Number))
        .Select(r => (r.Number, $"{r.Name}: {r.Missing ?? (r.IsWide ? "it lasts for minutes, which LONG=1 asks for" : "it was not asked for")}"))
        .Concat(NotRun.Select(n => (n.Key, n.Value)));

    private static string Hashes(Oracle.Verdict verdict) => verdict.WrongHashes == 0 ? $"{verdict.Hashes} equal" : $"{verdict.WrongHashes} of {verdict.Hashes} differ";

    private static string Chain(Oracle.Verdict verdict) => verdict.Breaks.Count == 0 ? $"{verdict.Links:N0} links, unbroken" : "broken";

    private static string OneLine(string text) => text.Split('\n')[0].Replace('|', '/');
}
