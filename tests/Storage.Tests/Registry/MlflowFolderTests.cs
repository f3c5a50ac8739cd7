using Shouldly;
using Tidewatch.Storage.Registry;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Storage.Tests.Registry;

/// <summary>The layout as MLflow's <c>file_store.py</c> writes and reads it.</summary>
public sealed class MlflowFolderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Root => Path.Combine(_folder.Path, "mlruns");

    [Fact]
    public void Write_Run_LiesWhereMlflowLooks()
    {
        var artifact = Path.Combine(_folder.Path, "pump.twm");
        File.WriteAllText(artifact, "model");
        var run = RegistryContract.Run("pumps' week", 1_700_000_000_000) with { Artifact = artifact };
        new MlflowFolder(Root).Write([run]);
        var experiment = MlflowFolder.IdOf("pumps' week");
        experiment.ShouldMatch("^[1-9][0-9]{17}$");
        Text(experiment, "meta.yaml").ShouldBe($"artifact_location: 'file://{Root}/{experiment}'\ncreation_time: 1700000000000\nexperiment_id: '{experiment}'\nlast_update_time: 1700000000500\nlifecycle_stage: active\nname: 'pumps'' week'\n");
        var meta = Text(experiment, run.Id, "meta.yaml").Split('\n');
        meta.ShouldContain($"artifact_uri: 'file://{Root}/{experiment}/{run.Id}/artifacts'");
        meta.ShouldContain($"run_id: '{run.Id}'");
        meta.ShouldContain("status: 3");
        meta.ShouldContain("lifecycle_stage: active");
        Text(experiment, run.Id, "params", "detector").ShouldBe("z-score");
        Text(experiment, run.Id, "metrics", "roc_auc").ShouldBe("1700000000500 0.30000000000000004 0\n");
        Text(experiment, run.Id, "tags", "mlflow.runName").ShouldBe("z-score");
        Text(experiment, run.Id, "artifacts", "pump.twm").ShouldBe("model");
        Text("0", "meta.yaml").ShouldContain("name: 'Default'");
    }

    [Fact]
    public void Write_NameThatWouldLeaveItsFolder_Stays()
    {
        var run = RegistryContract.Run("e", 1) with { Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["../../../evil"] = "x", [".."] = "y" } };
        new MlflowFolder(Root).Write([run]);
        Directory.GetFiles(Path.Combine(Root, MlflowFolder.IdOf("e"), run.Id, "params")).Select(Path.GetFileName).ShouldBe([".._.._.._evil", "_"], ignoreOrder: true);
    }

    public void Dispose() => _folder.Dispose();

    private string Text(params string[] parts) => File.ReadAllText(Path.Combine([Root, .. parts]));
}
