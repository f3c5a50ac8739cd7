using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary><c>tidewatch train --profile</c>: a whole pipeline as a model file, from which <c>detect</c> and <c>score</c> go on.</summary>
public sealed class TrainProfileTests : IDisposable
{
    private const int History = 700;
    private readonly ScratchFolder _folder = new();

    private string Model => Path.Combine(_folder.Path, "pump.twm");

    [Theory]
    [InlineData("--profile auto")]
    [InlineData("--profile hosts")]
    [InlineData("--profile iot --set Rule=Spot --set Calibrate=true --set Refractory=5")]
    [InlineData("--set Detectors:0=z-score --set Detectors:1=ewma --set Detectors:2=moving-average --set Adaptation:RotateEvery=50 --set Adaptation:Spares:0=autoregression")]
    [InlineData("--set Detectors:0=z-score --set Detectors:1=ewma --set Profiles:0:Match=plant/* --set Profiles:0:ResolveAfter=7")]
    public async Task Detect_WithTheModelOfTheHistory_SaysWhatDetectSaysOfBothInOneGo(string options)
    {
        var judgement = options.Split(' ');
        var (whole, history, rest) = Files();
        await TrainAsync(history, judgement);
        var expected = await LinesAsync(["detect", whole, "--series", "plant/pump", "--all", "--output", "csv", .. judgement]);
        var found = await LinesAsync(["detect", rest, "--model", Model, "--all", "--output", "csv"]);
        found.ShouldBe(expected[History..]);
        found.ShouldContain(l => l.Contains(",900,", StringComparison.Ordinal) && !l.Contains(",none,", StringComparison.Ordinal));
        var scored = await LinesAsync(["score", rest, "--model", Model]);
        scored.Select(l => l.Split(',')[1]).ShouldBe(found.Select(l => l.Split(',')[2]));
        scored.Select(l => l.Split(',')[2] == "true").ShouldBe(found.Select(l => l.Split(',')[3] != "none"));
    }

    [Fact]
    public async Task Detect_SeveralValues_GoesOnInTheModelsColumns()
    {
        var rows = Enumerable.Range(0, 900).Select(i => FormattableString.Invariant($"{i % 24 * 3600 * 1000L + i / 24 * 86_400_000L + 1_700_000_000_000L},{50 + i * 7 % 11},{(i == 850 ? 400 : 20) + i * 5 % 13},{i}")).ToArray();
        var (whole, history, rest) = (Write("whole.csv", ["time,z,a,n", .. rows]), Write("history.csv", ["time,z,a,n", .. rows[..History]]), Write("rest.csv", ["time,z,a,n", .. rows[History..]]));
        await TrainAsync(history, "--profile", "hosts", "--value", "z", "a");
        var expected = await LinesAsync(["detect", whole, "--profile", "hosts", "--series", "plant/pump", "--value", "z", "a", "--all", "--output", "csv"]);
        (await LinesAsync(["detect", rest, "--model", Model, "--all", "--output", "csv"])).ShouldBe(expected[History..]);
    }

    [Fact]
    public async Task Detect_WithTheModelOfADetector_GoesOnFromItToo()
    {
        var (whole, history, rest) = Files();
        (await CommandLine.RunAsync("train", history, "--detector", "z-score", "--model", Model, "--threshold", "0.6")).Exit.ShouldBe(0);
        var expected = await LinesAsync(["detect", whole, "--detector", "z-score", "--threshold", "0.6", "--all", "--output", "csv"]);
        (await LinesAsync(["detect", rest, "--model", Model, "--all", "--output", "csv"])).ShouldBe(expected[History..]);
    }

    [Fact]
    public async Task Inspect_ProfilesModel_ShowsProfileSettingsDetectorsAndRows()
    {
        await TrainAsync(Files().History, "--profile", "iot", "--set", "Threshold=0.7", "--set", "MaxSeries=5");
        var (exit, output, _) = await CommandLine.RunAsync("model", "inspect", Model, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        (Text("kind"), Text("profile"), Text("series"), Text("detectors")).ShouldBe(("profile", "iot", "plant/pump", "calendar-residual, stuck-value"));
        Text("settings").ShouldBe("Profile=iot, Threshold=0.7");
        (json.RootElement.GetProperty("rows").GetInt32(), json.RootElement.GetProperty("threshold").GetDouble()).ShouldBe((History, 0.7));
        (await CommandLine.RunAsync("model", "list", _folder.Path, "--output", "csv")).Output.ShouldContain($"pump.twm,profile,iot,value,{History},");
    }

    [Theory]
    [InlineData(1_000, "z-score, ewma, moving-average")]
    [InlineData(300, "moving-average")]
    public async Task Inspect_SeriesThatChoosesItsDetectors_ShowsWhichVote(int selectAfter, string voting)
    {
        await TrainAsync(Files().History, "--set", "Detectors:0=z-score", "--set", "Detectors:1=ewma", "--set", "Detectors:2=moving-average", "--set", $"Adaptation:SelectAfter={selectAfter}");
        using var json = JsonDocument.Parse((await CommandLine.RunAsync("model", "inspect", Model, "--output", "json")).Output);
        json.RootElement.GetProperty("detectors").GetString().ShouldBe("z-score, ewma, moving-average");
        json.RootElement.GetProperty("voting").GetString().ShouldBe(voting);
    }

    [Fact]
    public async Task Train_WithRegistry_RecordsProfileAndSettings()
    {
        var registry = Path.Combine(_folder.Path, "registry.db");
        await TrainAsync(Files().History, "--profile", "iot", "--set", "LearnGate=9", "--registry", registry);
        (await CommandLine.RunAsync("model", "register", Model, "--name", "pump", "--registry", registry)).Output.ShouldContain("iot");
        using var listed = JsonDocument.Parse((await CommandLine.RunAsync("runs", "list", "--registry", registry, "--output", "json")).Output);
        var run = listed.RootElement.GetProperty("runs_found")[0];
        (run.GetProperty("name").GetString(), run.GetProperty("rows").GetDouble()).ShouldBe(("train iot", History));
        var mlruns = Path.Combine(_folder.Path, "mlruns");
        (await CommandLine.RunAsync("runs", "export", "--registry", registry, "--mlflow", mlruns)).Exit.ShouldBe(0);
        var parameters = Path.Combine(Directory.GetDirectories(mlruns, run.GetProperty("id").GetString()!, SearchOption.AllDirectories).ShouldHaveSingleItem(), "params");
        File.ReadAllText(Path.Combine(parameters, "kind")).ShouldBe("profile");
        File.ReadAllText(Path.Combine(parameters, "options")).ShouldContain("\"LearnGate\":\"9\"");
    }

    [Fact]
    public async Task Train_TooFewRows_SaysHowManyAndWhatHelps()
    {
        var (exit, _, errors) = await CommandLine.RunAsync("train", _folder.WriteSeries("s", 3, 1), "--profile", "iot", "--model", Model);
        exit.ShouldBe(1);
        errors.ShouldContain("3 rows do not warm up profile 'iot': give more rows");
    }

    [Theory]
    [InlineData("--threshold does not go with --profile", "train", "FILE", "--model", "MODEL", "--profile", "iot", "--threshold", "0.7")]
    [InlineData("--seed does not go with --profile", "train", "FILE", "--model", "MODEL", "--profile", "iot", "--seed", "7")]
    [InlineData("--threshold does not go with --model", "detect", "FILE", "--model", "MODEL", "--threshold", "0.7")]
    [InlineData("--profile does not go with --model", "detect", "FILE", "--model", "MODEL", "--profile", "iot")]
    [InlineData("--value does not go with --model", "detect", "FILE", "--model", "MODEL", "--value", "value")]
    [InlineData("--frozen does not go with", "score", "FILE", "--model", "MODEL", "--frozen")]
    public async Task OptionThatTheModelHasDecided_IsTwoAndNamed(string problem, params string[] args)
    {
        var (_, history, rest) = Files();
        await TrainAsync(history, "--profile", "iot");
        var (exit, _, errors) = await CommandLine.RunAsync([.. args.Select(a => a == "FILE" ? rest : a == "MODEL" ? Model : a)]);
        exit.ShouldBe(2);
        errors.ShouldContain(problem);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The rows of a CSV without their line number, which counts within each file.</summary>
    private static async Task<string[]> LinesAsync(string[] args)
    {
        var (exit, output, errors) = await CommandLine.RunAsync(args);
        (exit, errors).ShouldBe((0, ""));
        return [.. output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..])];
    }

    private async Task TrainAsync(string history, params string[] judgement)
    {
        var (exit, _, errors) = await CommandLine.RunAsync(["train", history, "--series", "plant/pump", "--model", Model, .. judgement]);
        (exit, errors).ShouldBe((0, ""));
    }

    /// <summary>A series, the first part of it and the rest; an alert is open where it is cut, and another opens later.</summary>
    private (string Whole, string History, string After) Files()
    {
        var whole = _folder.WriteSeries("whole", 1_000, 900);
        var lines = File.ReadAllLines(whole);
        lines[History - 1] = lines[History - 1].Split(',')[0] + ",500";
        File.WriteAllLines(whole, lines);
        return (whole, Write("history.csv", lines[..(History + 1)]), Write("rest.csv", [lines[0], .. lines[(History + 1)..]]));
    }

    private string Write(string name, string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
