using Shouldly;
using Tidewatch.Storage.Registry;
using Xunit;

namespace Tidewatch.Storage.Tests.Registry;

/// <summary>What a registry promises wherever its tables are.</summary>
public abstract class RegistryContract
{
    protected abstract Task<RegistryDatabase> OpenAsync();

    [Fact]
    public async Task Register_SameNameAgain_IsTheNextVersion()
    {
        var models = new ModelRegistry(await OpenAsync());
        (await models.RegisterAsync(Model("pump"), default)).Version.ShouldBe(1);
        (await models.RegisterAsync(Model("fan"), default)).Version.ShouldBe(1);
        var second = await models.RegisterAsync(Model("pump") with { Detector = "ecod" }, default);
        second.Version.ShouldBe(2);
        var listed = await models.ListAsync(default);
        listed.Select(m => (m.Name, m.Version)).ShouldBe([("fan", 1), ("pump", 1), ("pump", 2)]);
        listed[2].ShouldBe(second);
    }

    [Fact]
    public async Task Register_ManyAtOnce_EveryVersionOnce()
    {
        var database = await OpenAsync();
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => new ModelRegistry(database).RegisterAsync(Model("busy"), default))));
        versions.Select(v => v.Version).Order().ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
    }

    [Fact]
    public async Task Stage_ToProduction_ArchivesTheOneThatWasThere()
    {
        var models = new ModelRegistry(await OpenAsync());
        await models.RegisterAsync(Model("pump"), default);
        await models.RegisterAsync(Model("pump"), default);
        (await models.StageAsync("pump", 1, ModelStage.Production, default)).Stage.ShouldBe(ModelStage.Production);
        await models.StageAsync("pump", 2, ModelStage.Production, default);
        (await models.ListAsync(default)).Select(m => m.Stage).ShouldBe([ModelStage.Archived, ModelStage.Production]);
    }

    [Fact]
    public async Task Stage_VersionThatIsNotThere_NamesItAndArchivesNothing()
    {
        var models = new ModelRegistry(await OpenAsync());
        await models.RegisterAsync(Model("pump"), default);
        await models.StageAsync("pump", 1, ModelStage.Production, default);
        (await Should.ThrowAsync<RegistryException>(() => models.StageAsync("pump", 9, ModelStage.Production, default))).Message.ShouldContain("version 9 of a model 'pump'");
        (await models.ListAsync(default))[0].Stage.ShouldBe(ModelStage.Production);
    }

    [Fact]
    public async Task Record_Runs_ComeBackFromTheNewest()
    {
        var runs = new RunLog(await OpenAsync());
        await runs.RecordAsync(Run("nab", 1_000), default);
        await runs.RecordAsync(Run("nab", 3_000), default);
        await runs.RecordAsync(Run("it's", 2_000), default);
        var listed = await runs.ListAsync(null, default);
        listed.Select(r => r.StartedMs).ShouldBe([3_000, 2_000, 1_000]);
        listed[0].ShouldBeEquivalentTo(Run("nab", 3_000));
        (await runs.ListAsync("it's", default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_SameRunAgain_DoesNothing()
    {
        var runs = new RunLog(await OpenAsync());
        (await runs.RecordAsync(Run("nab", 1_000), default)).ShouldBeTrue();
        (await runs.RecordAsync(Run("nab", 1_000), default)).ShouldBeFalse();
        (await runs.ListAsync(null, default)).Count.ShouldBe(1);
    }

    internal static TrackedRun Run(string experiment, long startedMs)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["detector"] = "z-score", ["options"] = "{\"window\":50}" };
        return new TrackedRun
        {
            Id = TrackedRun.IdOf(experiment, "z-score", startedMs, parameters),
            Experiment = experiment,
            Name = "z-score",
            StartedMs = startedMs,
            EndedMs = startedMs + 500,
            Parameters = parameters,
            Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["roc_auc"] = 0.1 + 0.2, ["rows"] = 400 },
        };
    }

    private static RegisteredModel Model(string name) => new() { Name = name, Detector = "z-score", File = "/models/a.twm", Sha256 = "ab", CreatedMs = 5 };
}
