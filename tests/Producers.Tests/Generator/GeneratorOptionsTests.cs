using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Generator.Replay;
using Tidewatch.Generator.Sources;
using Tidewatch.ServiceDefaults;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class GeneratorOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Validate_Defaults_ArePassed() => ErrorsOf([]).ShouldBeEmpty();

    [Fact]
    public void Validate_UnknownDomain_NamesItAndThoseThereAre() =>
        ErrorsOf(new() { ["Generator:Synthetic:Domains"] = "payments,wether" }).Single()
            .ShouldStartWith("Generator:Synthetic:Domains: there is no domain 'wether'; there are payments");

    [Fact]
    public void Validate_EndlessAndFlatOut_AsksForCount() =>
        ErrorsOf(new() { ["Generator:Synthetic:Rate"] = "0" }).Single().ShouldContain("set Generator:Synthetic:Count");

    [Fact]
    public void Validate_UnknownKeysOnEveryLevel_AreAllNamed()
    {
        var errors = ErrorsOf(new() { ["Generator:Replai:Path"] = "x", ["Generator:Replay:Pth"] = "x", ["Generator:Synthetic:Rate"] = "fast" });
        errors.Count.ShouldBe(3);
        errors.ShouldContain("Generator:Replai is not a setting; Generator knows Replay, Synthetic");
        errors.ShouldContain(e => e.StartsWith("Generator:Replay:Pth is not a setting"));
        errors.ShouldContain("Generator:Synthetic:Rate is 'fast', not a number");
    }

    [Fact]
    public void Validate_PathThatIsNotThere_NamesIt() =>
        ErrorsOf(new() { ["Generator:Replay:Path"] = "nowhere.csv" }).Single().ShouldContain("'nowhere.csv' is neither a file nor a folder");

    [Fact]
    public void Validate_UnknownColumn_NamesFileColumnAndThoseThereAre()
    {
        var path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, "timestamp,value\n2020-01-01,1\n");
        ErrorsOf(new() { ["Generator:Replay:Path"] = path, ["Generator:Replay:ValueColumn"] = "kW" }).Single()
            .ShouldBe($"Generator:Replay:Path: {path}: there is no column 'kW'; there are timestamp, value (or a position from 1 to 2)");
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("justtext\n", "a time and a value are needed")]
    public void Validate_FileWithoutColumns_SaysSo(string text, string problem)
    {
        var path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, text);
        ErrorsOf(new() { ["Generator:Replay:Path"] = path }).Single().ShouldContain(problem);
    }

    [Fact]
    public void Validate_FolderWithoutFiles_SaysSo() =>
        ErrorsOf(new() { ["Generator:Replay:Path"] = _folder }).Single().ShouldContain("holds no *.csv");

    private static IReadOnlyList<string> ErrorsOf(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([.. settings, new("SharedEnvironment", "true")]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddStrictOptions<SyntheticOptions>(configuration, "Generator:Synthetic")
            .AddStrictOptions<ReplayOptions>(configuration, "Generator:Replay");
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (ConfigurationException e)
        {
            return e.Errors;
        }
    }
}
