using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

public sealed class ReplayCommandTests
{
    private static readonly string[] Settings = ["--set", "Detector=z-score", "--set", "Window=40", "--set", "WarmUp=20"];

    [Fact]
    public async Task Replay_SameValuesAsObservationsAndAsRows_GiveTheSameState()
    {
        var (rows, messages) = (Temporary(".csv"), Temporary(".ndjson"));
        File.WriteAllLines(rows, ["time,value", .. Enumerable.Range(0, 100).Select(i => $"{1_700_000_000_000 + (i * 1000)},{Value(i)}")]);
        File.WriteAllLines(messages, Enumerable.Range(0, 100).Select(i => $$"""{"series":"a","time":{{1_700_000_000_000 + (i * 1000)}},"value":{{Value(i)}}}"""));

        var (fromRows, fromMessages) = (await ReplayAsync(rows, "--series", "a"), await ReplayAsync(messages));

        fromRows.GetProperty("alerts").GetInt32().ShouldBe(2);
        Partition(fromRows, "state_hash").ShouldBe(Partition(fromMessages, "state_hash"));
    }

    [Fact]
    public async Task Replay_BadLine_IsCountedAndTheRestGoesOn()
    {
        var file = Temporary(".ndjson");
        File.WriteAllLines(file, ["""{"series":"a","time":1000,"value":1}""", "{", """{"series":"a","time":2000,"value":1}"""]);

        var result = await ReplayAsync(file);

        (Partition(result, "records"), Partition(result, "rejected"), Partition(result, "series")).ShouldBe(("3", "1", "1"));
    }

    [Fact]
    public async Task Replay_CorrectionsAmongTheObservations_AreAppliedAndCounted()
    {
        var (told, untold) = (Temporary(".ndjson"), Temporary(".ndjson"));
        var observations = Enumerable.Range(0, 200).Select(i => $$"""{"series":"a","time":{{1_700_000_000_000 + (i * 1000)}},"value":{{(i is 70 or 150 ? "85" : Value(i + 100))}}}""").ToArray();
        var corrections = Enumerable.Repeat("""{"series":"a","time":1700000070000,"feedback":"falseAlarm","score":0.95}""", 5);
        File.WriteAllLines(untold, observations);
        File.WriteAllLines(told, [.. observations[..100], .. corrections, .. observations[100..]]);

        var (before, after) = (await ReplayAsync(untold, "--set", "Rule=Feedback"), await ReplayAsync(told, "--set", "Rule=Feedback"));

        (before.GetProperty("alerts").GetInt32(), Partition(before, "corrected")).ShouldBe((4, "0"));
        (after.GetProperty("alerts").GetInt32(), Partition(after, "corrected"), Partition(after, "records")).ShouldBe((2, "5", "205"));
    }

    [Theory]
    [InlineData("give NAME=VALUE", "--set", "Windo=40")]
    [InlineData("there is no detector 'zet'", "--set", "Detector=zet")]
    [InlineData("one of the two", "--topic", "t")]
    public async Task Replay_WrongUsage_IsNamed(string expected, params string[] more)
    {
        var file = Temporary(".ndjson");
        File.WriteAllText(file, "");

        var (exit, _, errors) = await CommandLine.RunAsync(["replay", "--offline", file, .. more]);

        exit.ShouldBe(CommandTree.WrongUsage);
        errors.ShouldContain(expected);
    }

    private static string Value(int i) => i == 70 ? "500" : $"{50 + (i * 37 % 11)}";

    private static string Temporary(string ending) => Path.Combine(Directory.CreateTempSubdirectory("tidewatch-replay-").FullName, $"input{ending}");

    private static string Partition(JsonElement result, string name) => result.GetProperty("partitions")[0].GetProperty(name).ToString();

    private static async Task<JsonElement> ReplayAsync(string file, params string[] more)
    {
        var (exit, output, errors) = await CommandLine.RunAsync(["replay", "--offline", file, "--output", "json", .. Settings, .. more]);
        exit.ShouldBe(CommandTree.Done, errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
