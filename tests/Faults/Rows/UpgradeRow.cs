using System.Text.RegularExpressions;
using Tidewatch.Faults.Rig;

namespace Tidewatch.Faults.Rows;

/// <summary>Detectors of an earlier build are replaced one by one by the present build, and back, each in the midst of the other's states, links and transactions; kill -9 while both builds are at work.</summary>
/// <remarks>Both must be of one engineStateVersion, and publish the same alerts byte for byte: the offline run is the present build's. Settings stay: going back after a change of settings is told of in docs/decisions/settings-at-an-offset.md.</remarks>
internal sealed partial class UpgradeRow : IFaultRow
{
    private static readonly string[] Names = ["a", "b"];

    public string Number => "29";

    public string Name => "rolling upgrade from an earlier build and back, with kill -9 while both are at work";

    /// <summary>No half-space trees: since what lies outside of their space has a place of its own, they score it otherwise than the earlier build.</summary>
    public RigOptions Options => new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Detector:Profiles:1:Detector"] = "z-score" } };

    public string? Missing => PreviousBuild.Missing;

    public async Task RunAsync(FaultRig rig)
    {
        SetProgram(rig, PreviousBuild.Program, Names);
        await rig.BeginAsync(Names);
        for (var round = 0; round < rig.Plan.Times(3); round++)
        {
            await ReplaceAsync(rig, null);
            await ReplaceAsync(rig, PreviousBuild.Program);
        }

        var taken = Taken().Matches(rig.Members.Log);
        var shortened = taken.Count(t => t.Groups["with"].Value.StartsWith("a snapshot", StringComparison.Ordinal));
        rig.Expect(shortened > rig.Options.Partitions, $"{shortened} of {taken.Count} partitions taken with a snapshot: none with one of the other build's");
        rig.Note = $"from {PreviousBuild.Commit} to the present build and back, {rig.Plan.Times(3)} times; {shortened} of {taken.Count} partitions taken with a snapshot";
    }

    private static async Task ReplaceAsync(FaultRig rig, string? program)
    {
        foreach (var member in Names)
        {
            await rig.PauseAsync(1, 3);
            await rig.Members.TerminateAsync(member);
            SetProgram(rig, program, member);
            rig.Members.Start(member);
            await rig.RecoverAsync($"the replacement of {member}");
            await rig.PauseAsync(1, 3);
            var victim = Names[rig.Random.Next(Names.Length)];
            await rig.RestartAsync(victim);
            await rig.RecoverAsync($"a kill of {victim}");
        }
    }

    private static void SetProgram(FaultRig rig, string? program, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            rig.Members.Programs[name] = program;
        }
    }

    [GeneratedRegex("took .* at .* with (?<with>.*); .* records to replay", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Taken();
}
