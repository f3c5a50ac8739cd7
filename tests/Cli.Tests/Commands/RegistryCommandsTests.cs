using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

public sealed class RegistryCommandsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Model => Path.Combine(_folder.Path, "pump.twm");

    private string Registry => Path.Combine(_folder.Path, "registry.db");

    [Fact]
    public async Task Train_WithRegistry_RunIsListedAndExported()
    {
        await TrainAsync();
        using var listed = JsonDocument.Parse((await CommandLine.RunAsync("runs", "list", "--registry", Registry, "--output", "json")).Output);
        var run = listed.RootElement.GetProperty("runs_found")[0];
        run.GetProperty("name").GetString().ShouldBe("train z-score");
        run.GetProperty("rows").GetDouble().ShouldBe(400);
        var mlruns = Path.Combine(_folder.Path, "mlruns");
        (await CommandLine.RunAsync("runs", "export", "--registry", Registry, "--mlflow", mlruns)).Exit.ShouldBe(0);
        var folder = Directory.GetDirectories(mlruns, run.GetProperty("id").GetString()!, SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(Path.Combine(folder, "params", "detector"), TestContext.Current.CancellationToken)).ShouldBe("z-score");
        File.Exists(Path.Combine(folder, "artifacts", "pump.twm")).ShouldBeTrue();
    }

    [Fact]
    public async Task Model_RegisteredAndStaged_IsListedSo()
    {
        await TrainAsync();
        (await CommandLine.RunAsync("model", "register", Model, "--name", "pump", "--registry", Registry)).Exit.ShouldBe(0);
        (await CommandLine.RunAsync("model", "register", Model, "--name", "pump", "--registry", Registry)).Output.ShouldContain("2");
        (await CommandLine.RunAsync("model", "stage", "pump", "2", "production", "--registry", Registry)).Exit.ShouldBe(0);
        var (_, output, _) = await CommandLine.RunAsync("model", "registered", "--registry", Registry, "--output", "csv");
        output.ShouldContain("pump,1,none,z-score,");
        output.ShouldContain("pump,2,production,z-score,");
    }

    [Fact]
    public async Task Stage_VersionThatIsNotThere_IsOneAndNamesIt()
    {
        var (exit, _, errors) = await CommandLine.RunAsync("model", "stage", "pump", "4", "staging", "--registry", Registry);
        exit.ShouldBe(1);
        errors.ShouldContain("there is no version 4 of a model 'pump'");
    }

    public void Dispose() => _folder.Dispose();

    private async Task TrainAsync() =>
        (await CommandLine.RunAsync("train", _folder.WriteSeries("s", 400, 5), "--detector", "z-score", "--model", Model, "--registry", Registry, "--experiment", "pumps")).Exit.ShouldBe(0);
}
