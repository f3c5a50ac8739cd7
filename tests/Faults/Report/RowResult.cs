using Tidewatch.Faults.Oracle;

namespace Tidewatch.Faults.Report;

/// <summary>A row's outcome, a line of the table.</summary>
internal sealed record RowResult(
    string Number, string Name, int Faults, Verdict Verdict, IReadOnlyList<TimeSpan> Recoveries, IReadOnlyList<string> Violations, string Note, TimeSpan Took, string Log)
{
    /// <summary>The recovery time below which <paramref name="share"/> of them lie; a dash where nothing was measured.</summary>
    public string Recovery(double share) =>
        Recoveries.Count == 0 ? "–" : $"{Recoveries.Order().ElementAt((int)((Recoveries.Count - 1) * share)).TotalSeconds:F1} s";

    public override string ToString() =>
        $"row {Number} {Name}: {Faults} faults, {Verdict.Records} records, {Verdict.Alerts} alerts, {Verdict.Letters} dead letters, lost {Verdict.Lost}, duplicated {Verdict.Duplicated}, different {Verdict.Different}, "
        + $"{Verdict.Hashes} state hashes ({Verdict.WrongHashes} differ), {Verdict.Links} links, recovery p50 {Recovery(0.5)} p99 {Recovery(0.99)}, {Took.TotalSeconds:F0} s"
        + (Note.Length > 0 ? $"; {Note}" : "") + string.Concat(Violations.Select(v => $"\n  VIOLATION {v}"));
}
