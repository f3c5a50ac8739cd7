using Shouldly;
using Xunit;

namespace Tidewatch.Architecture.Tests;

public sealed class DependencyDirectionTests
{
    private static readonly IReadOnlyList<ProjectFile> Shared = ProjectFile.All("shared");
    private static readonly IReadOnlyList<ProjectFile> Services = ProjectFile.All("services");

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Detection"] = [],
        ["ServiceDefaults"] = [],
        ["Engine"] = ["Contracts", "Detection"],
        ["Evaluation"] = ["Contracts", "Detection"],
        ["Kafka"] = ["Contracts"],
        ["Models"] = ["Detection"],
        ["Storage"] = ["Contracts"],
    };

    private static readonly string[] InputOutput = ["Confluent", "StackExchange", "Sqlite", "Npgsql", "DuckDB", "MailKit", "Microsoft.Extensions", "Microsoft.AspNetCore", "Serilog"];

    [Fact]
    public void Shared_EveryProject_PointsOnlyWhereTheArchitectureAllows() =>
        Shared.ShouldAllBe(p => p.Projects.All(r => Allowed[p.Name].Contains(r)));

    [Fact]
    public void Shared_EveryProject_IsKnownToTheArchitecture() =>
        Shared.Select(p => p.Name).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Fact]
    public void Services_ButStandalone_ReferenceNoService()
    {
        var names = Services.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Services.Where(s => s.Name != "Standalone").ShouldAllBe(s => !s.Projects.Any(names.Contains));
    }

    [Fact]
    public void Confluent_OnlyInKafka() =>
        Shared.Concat(Services).Where(p => p.Packages.Any(n => n.StartsWith("Confluent.Kafka", StringComparison.Ordinal) || n.StartsWith("librdkafka", StringComparison.Ordinal)))
            .Select(p => p.Name).ShouldBe(["Kafka"]);

    [Fact]
    public void Detection_AndEngine_ReferenceNoInputOrOutput() =>
        Shared.Where(p => p.Name is "Detection" or "Engine").SelectMany(p => p.Packages).ShouldAllBe(n => !InputOutput.Any(io => n.Contains(io, StringComparison.Ordinal)));

    [Fact]
    public void Programs_HaveAtMost25Lines() =>
        Directory.EnumerateFiles(Path.Combine(ProjectFile.Root, "services"), "Program.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ShouldAllBe(f => File.ReadLines(f).Count() <= 25);
}
