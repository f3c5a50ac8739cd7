using System.Text.Json.Serialization;

namespace Tidewatch.Faults.Oracle;

/// <summary>What a row left behind, held against the offline run.</summary>
internal sealed record Verdict
{
    /// <summary>Of a row that broke off.</summary>
    public static Verdict None { get; } = new() { Records = 0, Alerts = 0, Letters = 0, Lost = 0, Duplicated = 0, Different = 0, Hashes = 0, WrongHashes = 0, Links = 0, Breaks = [] };

    public required int Records { get; init; }

    public required int Alerts { get; init; }

    public required int Letters { get; init; }

    /// <summary>Alerts and dead letters of the offline run that no read_committed reader finds.</summary>
    public required int Lost { get; init; }

    /// <summary>Alerts and dead letters found more often than once.</summary>
    public required int Duplicated { get; init; }

    /// <summary>Alerts that the offline run has otherwise or not at all.</summary>
    public required int Different { get; init; }

    /// <summary>State hashes compared.</summary>
    public required int Hashes { get; init; }

    /// <summary>Of them, those that differ.</summary>
    public required int WrongHashes { get; init; }

    /// <summary>Links of the chain.</summary>
    public required int Links { get; init; }

    /// <summary>Where the chain breaks.</summary>
    public required IReadOnlyList<string> Breaks { get; init; }

    [JsonIgnore]
    public IEnumerable<string> Violations
    {
        get
        {
            if (Lost > 0)
            {
                yield return $"{Lost} lost";
            }

            if (Duplicated > 0)
            {
                yield return $"{Duplicated} duplicated";
            }

            if (Different > 0)
            {
                yield return $"{Different} alerts differ from the offline run";
            }

            if (WrongHashes > 0)
            {
                yield return $"{WrongHashes} of {Hashes} state hashes differ from the offline run";
            }

            if (Alerts == 0 || Letters == 0 || Hashes == 0)
            {
                yield return $"nothing to compare: {Alerts} alerts, {Letters} dead letters, {Hashes} hashes";
            }

            foreach (var found in Breaks)
            {
                yield return found;
            }
        }
    }
}
